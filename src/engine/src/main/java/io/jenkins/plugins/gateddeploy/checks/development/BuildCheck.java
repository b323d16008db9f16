package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;

/** Whether the build went well so far. Outside a build there is nothing to look at. */
final class BuildCheck implements Check {
    private static final String ID = "problem.build";

    private final Development development;

    BuildCheck(Development development) {
        this.development = development;
    }

    @Override
    public String about() {
        return "the build";
    }

    @Override
    public List<Problem> find() {
        return switch (development.result().orElse(Development.Result.SUCCESS)) {
            case SUCCESS -> List.of();
            case UNSTABLE ->
                List.of(Problem.error(
                        ID,
                        "The build is unstable: tests failed, or a report is bad.",
                        "Look at its tests and reports, mend what they show and build again."));
            case FAILURE ->
                List.of(Problem.error(
                        ID, "A part of the build failed.", "Look at its log, mend what failed and build again."));
        };
    }
}
