package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;

/** How much work a comparison may be. Real documents need a hundredth of it; what needs more was made to be slow. */
final class Budget {
    private static final int MOST_STEPS = 3_000_000;

    private int steps;

    void step() throws ProblemException, InterruptedException {
        if (++steps > MOST_STEPS) {
            throw exceeded("there are more than " + MOST_STEPS + " pairs of schemas to compare");
        }
        if (steps % 1024 == 0 && Thread.interrupted()) {
            throw new InterruptedException("stopped while comparing interfaces");
        }
    }

    static ProblemException exceeded(String what) {
        return new ProblemException(
                "check.failed",
                "the documents are too complicated to be compared: " + what + ".",
                "Simplify the choices (oneOf, anyOf) in them, or split them.");
    }
}
