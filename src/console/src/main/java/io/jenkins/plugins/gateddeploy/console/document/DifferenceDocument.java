package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.plan.Difference;

/**
 * How a release differs from the one that is current.
 *
 * @param state {@code LOOKING} (ask again soon), {@code KNOWN} or {@code UNKNOWN}
 * @param message why it is not known; may be empty
 * @param takesBack commits that are current and not in the release; null when not known
 * @param brings commits of the release that are not current; null when not known
 * @param files in which they differ; null when not known
 */
public record DifferenceDocument(
        State state, String message, CommitsDocument takesBack, CommitsDocument brings, FilesDocument files) {
    /** How much is known. */
    public enum State {
        /** Somebody looks it up. */
        LOOKING,
        /** All. */
        KNOWN,
        /** Nothing, and asking again does not help soon. */
        UNKNOWN
    }

    /** {@return that it is being looked up} */
    public static DifferenceDocument looking() {
        return new DifferenceDocument(State.LOOKING, "", null, null, null);
    }

    /** {@return that it cannot be known} */
    public static DifferenceDocument unknown(String message) {
        return new DifferenceDocument(State.UNKNOWN, message, null, null, null);
    }

    /** {@return what is known} */
    public static DifferenceDocument of(Difference difference) {
        return new DifferenceDocument(
                State.KNOWN,
                "",
                CommitsDocument.of(difference.takenBack()),
                CommitsDocument.of(difference.brought()),
                FilesDocument.of(difference.files()));
    }
}
