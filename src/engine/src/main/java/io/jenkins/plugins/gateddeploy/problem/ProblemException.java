package io.jenkins.plugins.gateddeploy.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Something cannot go on because of problems that the user can mend; it carries all that were found at once. */
public sealed class ProblemException extends Exception permits ProblemsFound {
    private static final long serialVersionUID = 1;

    private final List<Problem> problems;

    /** @param problems at least one */
    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::oneLine).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** An exception with one problem that has no place in a file. */
    public ProblemException(String id, String message, String mend) {
        this(List.of(Problem.error(id, message, mend)));
    }

    /** {@return every problem, in the order they were found; never empty} */
    public List<Problem> problems() {
        return problems;
    }
}
