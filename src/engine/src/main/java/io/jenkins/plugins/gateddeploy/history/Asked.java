package io.jenkins.plugins.gateddeploy.history;

import java.util.Objects;

/**
 * A deployment that somebody asked for.
 *
 * @param app application
 * @param environment environment
 * @param kind deploy or rollback
 * @param ref what the user asked for
 * @param actor user id of who asked
 * @param origin which job of the host
 * @param reason why, in the words of who asked; may be empty
 */
public record Asked(
        String app,
        String environment,
        DeploymentRecord.Kind kind,
        String ref,
        String actor,
        Origin origin,
        String reason) {
    public Asked {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reason, "reason");
    }

    /** One for which no reason was given. */
    public Asked(String app, String environment, DeploymentRecord.Kind kind, String ref, String actor, Origin origin) {
        this(app, environment, kind, ref, actor, origin, "");
    }
}
