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
 * @param pins commits that were taken back and that nothing puts back by itself, newest first
 */
public record RollbacksDocument(
        String app,
        String environment,
        boolean mayRollBack,
        Look look,
        List<Candidate> candidates,
        List<PinDocument> pins) {

    /**
     * The look at the targets, which never holds up this answer.
     *
     * @param state {@code LOOKING} (ask again soon), {@code DONE}, {@code FAILED} or {@code IMPOSSIBLE} (this host cannot
     *     reach them)
     * @param at when it was done; null before
     * @param message why it failed; may be empty
     * @param targets all that the environment has; empty before
     * @param unseen targets that could not be looked at, each with the reason
     */
    public record Look(State state, Instant at, String message, List<String> targets, List<String> unseen) {
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
     * @param undos what the tasks of later releases did
     * @param losses what was deleted since and does not come back with it, a sentence each
     * @param difference how it differs from what is current; null for that itself, and when nothing is known to be
     */
    public record Candidate(
            DeploymentDocument deployment,
            boolean current,
            Files files,
            List<String> on,
            List<String> missing,
            Undos undos,
            List<String> losses,
            DifferenceDocument difference) {}

    /**
     * What the tasks of later releases did, as far as the targets tell.
     *
     * @param possible what can be taken back first, in words, newest first
     * @param impossible what ran once and cannot be taken back, in words, newest first
     * @param refusals why taking these back would be refused, a sentence or two each; empty when it would not
     */
    public record Undos(List<String> possible, List<String> impossible, List<String> refusals) {

        /** {@return those of what is current} */
        public static Undos none() {
            return new Undos(List.of(), List.of(), List.of());
        }
    }

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
