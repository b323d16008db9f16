package io.jenkins.plugins.gateddeploy.actor;

import java.io.Serializable;
import java.util.Objects;
import java.util.Set;

/**
 * The person (or timer, or webhook) at the root of what happens.
 *
 * @param id a user id of the host; never null
 * @param name as people read it; never null
 * @param groups the host's groups the person is in; never null
 */
public record Actor(String id, String name, Set<String> groups) implements Serializable {
    public Actor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        groups = Set.copyOf(groups);
    }
}
