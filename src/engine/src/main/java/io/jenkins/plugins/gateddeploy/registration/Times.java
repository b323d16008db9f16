package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Opening;
import java.util.List;
import java.util.Objects;

/**
 * When deployments may start, as a registration says it.
 *
 * @param opening windows and freezes
 * @param emergency user ids ({@code alice}) and groups ({@code @on-call}) who may go past them for a reason; empty for
 *     nobody
 * @param unreadable what is wrong in what was written, a sentence each; with any, nothing is deployed
 */
public record Times(Opening opening, List<String> emergency, List<String> unreadable) {
    public Times {
        Objects.requireNonNull(opening, "opening");
        emergency = List.copyOf(emergency);
        unreadable = List.copyOf(unreadable);
    }

    /** {@return always, and nobody who could go past anything} */
    public static Times always() {
        return new Times(Opening.always(), List.of(), List.of());
    }

    /** {@return whether a person may go past windows and freezes} */
    boolean lets(Actor person) {
        return !emergency.isEmpty() && new Starts(emergency, false, false).lets(person);
    }
}
