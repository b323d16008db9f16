package io.jenkins.plugins.gateddeploy.problem;

import java.util.List;

/** Checks found errors that nobody let pass. What was asked for makes sense, but must not be done as things are. */
public final class ProblemsFound extends ProblemException {
    private static final long serialVersionUID = 1;

    ProblemsFound(List<Problem> problems) {
        super(problems);
    }
}
