package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param actor never null; for somebody who has not logged in the host's anonymous user
 * @param permissions what the host lets them do; never null
 */
public record Viewer(Actor actor, Permissions permissions) {
    public Viewer {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(permissions, "permissions");
    }

    /** The host's answer to what somebody may do. */
    @FunctionalInterface
    public interface Permissions {
        /** {@return whether it is allowed} */
        boolean may(Act act, String app, String environment);

        /**
         * {@return whether what a job of the host asked for may be seen, in an environment that may be seen}
         *
         * @param job its full name; empty for none
         */
        default boolean sees(String job) {
            return true;
        }

        /**
         * {@return whether the host lets somebody decide at gates of a job}
         *
         * @param job its full name; empty for none
         */
        default boolean decides(String job, String app, String environment) {
            return may(Act.APPROVE, app, environment);
        }
    }

    boolean sees(String job) {
        return permissions.sees(job);
    }

    boolean decides(String job, String app, String environment) {
        return permissions.decides(job, app, environment);
    }

    boolean may(Act act, String app, String environment) {
        return permissions.may(act, app, environment);
    }
}
