package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.problem.Problem;

/** A decision was not taken; the problem says why, to the person who wanted to decide. */
public final class GateException extends Exception {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    /** @param problem {@code gate.unknown}, {@code gate.closed}, {@code gate.not-an-approver}, … */
    public GateException(Problem problem) {
        super(problem.oneLine());
        this.problem = problem;
    }

    /** {@return why} */
    public Problem problem() {
        return problem;
    }
}
