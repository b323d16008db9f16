package io.jenkins.plugins.gateddeploy.gate;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * What one person said.
 *
 * @param person user id
 * @param name as people read it
 * @param as the names among the gate's approvers under which the person decided: {@code alice}, {@code @qa}; empty when
 *     everybody was asked
 * @param verdict yes or no
 * @param comment may be empty
 * @param time when
 */
public record Decision(String person, String name, Set<String> as, Verdict verdict, String comment, Instant time) {

    /** Yes or no. */
    public enum Verdict {
        /** It may go on. */
        APPROVE,
        /** It may not. */
        REJECT
    }

    public Decision {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(comment, "comment");
        Objects.requireNonNull(time, "time");
        as = Set.copyOf(as);
    }
}
