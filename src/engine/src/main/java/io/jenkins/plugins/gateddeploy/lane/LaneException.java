package io.jenkins.plugins.gateddeploy.lane;

import io.jenkins.plugins.gateddeploy.problem.Problem;

/** Nothing was changed in a lane; the problem says why, to the person who wanted that. */
public final class LaneException extends Exception {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    /** @param problem {@code lane.permission}, {@code lane.gone}, {@code lane.has-turn}, {@code lane.reason} */
    public LaneException(Problem problem) {
        super(problem.oneLine());
        this.problem = problem;
    }

    /** {@return why} */
    public Problem problem() {
        return problem;
    }
}
