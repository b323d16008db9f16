package io.jenkins.plugins.gateddeploy.console.document;

import java.time.Instant;
import java.util.List;

/**
 * Releases that somebody may go back to.
 *
 * @param app application
 * @param environment environment
 * @param mayRollBack whether the viewer may start a rollback
 * @param look how the look at the targets stands
 * @param candidates the last ten successful deployments with distinct releases, newest first
 */
public record RollbacksDocument(
        String app, String environment, boolean mayRollBack, Look look, List<Candidate> candidates) {

    /**
     * The look at the targets, which never holds up this answer.
     *
     * @param state {@code LOOKING} (ask again soon), {@code DONE}, {@code FAILED} or {@code IMPOSSIBLE} (this host cannot
     *     reach them)
     * @param at when it was done; null before
     * @param message why it failed; may be empty
     * @param unseen targets that could not be looked at
     */
    public record Look(State state, Instant at, String message, List<String> unseen) {
        /** How it stands. */
        public enum State {
            /** Under way. */
            LOOKING,
            /** Known. */
            DONE,
            /** It did not work. */
            FAILED,
            /** This host cannot. */
            IMPOSSIBLE
        }
    }

    /**
     * A release with the newest deployment that made it current.
     *
     * @param deployment that deployment
     * @param current whether the history has it as what is current now
     * @param files where its files are still there
     * @param on targets that have them
     * @param missing targets that were looked at and have them not
     * @param losses what was deleted since and does not come back with it, a sentence each
     * @param difference how it differs from what is current; null for that itself, and when nothing is known to be
     */
    public record Candidate(
            DeploymentDocument deployment,
            boolean current,
            Files files,
            List<String> on,
            List<String> missing,
            List<String> losses,
            DifferenceDocument difference) {}

    /** Where a release's files are still there. */
    public enum Files {
        /** Nobody has looked yet, or could. */
        UNKNOWN,
        /** On every target that was looked at. */
        ALL,
        /** On some. */
        SOME,
        /** On none. */
        NONE
    }
}
