package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.problem.Judgement;
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
 * @param forced whether somebody let it pass
 */
public record ProblemDocument(String id, String severity, String message, String mend, String place, boolean forced) {
    /** {@return a problem that nobody has let pass} */
    public static ProblemDocument of(Problem problem) {
        return of(problem, Judgement.good());
    }

    /** {@return a problem of a judgement} */
    static ProblemDocument of(Problem problem, Judgement judgement) {
        return new ProblemDocument(
                problem.id(),
                problem.severity().name(),
                problem.message(),
                problem.mend(),
                problem.where().map(Location::toString).orElse(""),
                judgement.isForced(problem));
    }
}
