package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person wants to say at a gate.
 *
 * @param actor who
 * @param verdict yes or no
 * @param comment may be empty
 * @param plan digest of the plan that the person has seen, which is the empty text at a gate without a plan; empty when
 *     nobody says, and then it is the newest
 */
public record Vote(Actor actor, Verdict verdict, String comment, Optional<String> plan) {
    public Vote {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(comment, "comment");
        Objects.requireNonNull(plan, "plan");
    }

    /** {@return a vote on whatever the gate is about when it is counted} */
    public static Vote onTheNewest(Actor actor, Verdict verdict, String comment) {
        return new Vote(actor, verdict, comment, Optional.empty());
    }
}
