package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The plan that somebody has looked at before deciding.
 *
 * @param digest its digest, or the beginning of it; empty when nobody says, and then it is the plan that the gate has
 */
record Seen(String digest) {
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{8,64}");

    Seen {
        digest = digest.strip().toLowerCase(Locale.ROOT);
    }

    /** {@return whether a text is a digest, or as much of one as tells plans apart} */
    static boolean isDigest(String text) {
        return BEGINNING.matcher(text.strip().toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * {@return the digest to decide on}
     *
     * @param gate id of the gate
     * @param plan digest of what the gate is about now; empty when it is about no plan
     * @throws ProblemException when that is another plan
     */
    String of(String gate, String plan) throws ProblemException {
        if (!plan.startsWith(digest)) {
            throw new ProblemException(
                    "gate.plan",
                    "The gate " + gate + " is about "
                            + (plan.isEmpty() ? "no plan" : "the plan " + plan)
                            + ", and not about " + digest + ".",
                    "Look at what it is about now, then decide on that.");
        }
        return plan;
    }
}
