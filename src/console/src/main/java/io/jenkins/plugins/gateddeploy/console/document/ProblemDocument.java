package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;

/**
 * What a check found.
 *
 * @param id stable name
 * @param severity {@code ERROR} or {@code WARNING}
 * @param message one sentence
 * @param mend what to do about it; may be empty
 * @param place {@code file:line:column}; empty where there is none
 */
public record ProblemDocument(String id, String severity, String message, String mend, String place) {
    /** {@return the problem} */
    public static ProblemDocument of(Problem problem) {
        return new ProblemDocument(
                problem.id(),
                problem.severity().name(),
                problem.message(),
                problem.mend(),
                problem.where().map(Location::toString).orElse(""));
    }
}
