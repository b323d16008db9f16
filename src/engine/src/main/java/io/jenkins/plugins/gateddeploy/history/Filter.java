package io.jenkins.plugins.gateddeploy.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Which deployments to show; an empty part matches all.
 *
 * @param app application, exactly
 * @param environment environment, exactly
 * @param state state, exactly
 * @param user actor, exactly
 * @param since started at or after
 * @param until started before
 * @param search found in subject, author, reference, tag, or at the beginning of commit or release; case is ignored
 * @param limit at most so many, newest first; at least 1
 */
public record Filter(
        Optional<String> app,
        Optional<String> environment,
        Optional<State> state,
        Optional<String> user,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> search,
        int limit) {

    /** {@return everything of one application and environment} */
    public static Filter of(String app, String environment, int limit) {
        return new Filter(
                Optional.of(app),
                Optional.of(environment),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
