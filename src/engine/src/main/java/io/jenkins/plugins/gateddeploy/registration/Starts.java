package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.util.List;

/**
 * Who may start something.
 *
 * @param deployers user ids ({@code alice}) and groups ({@code @release-managers}); empty for everybody whom the host's
 *     permissions let. One never matches the other
 * @param timer whether the clock may
 * @param scm whether a change in a repository may
 */
public record Starts(List<String> deployers, boolean timer, boolean scm) {
    public Starts {
        deployers = List.copyOf(deployers);
    }

    /** {@return whether a person is among those who may} */
    boolean lets(Actor person) {
        return deployers.isEmpty()
                || deployers.stream()
                        .anyMatch(name -> name.startsWith("@")
                                ? person.groups().contains(name.substring(1))
                                : name.equals(person.id()));
    }
}
