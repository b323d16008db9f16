package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.jenkins.host.TestResults;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.util.Optional;

/** How a build stands that asks, for a gate that may open without people. */
final class Circumstances {
    private Circumstances() {}

    /** {@return what is known now of a plan and of the build that made it} */
    static Facts of(Run<?, ?> build, Plan plan) {
        return plan.facts(Optional.of(soFar(build)), TestResults.known(build));
    }

    private static Facts.Outcome soFar(Run<?, ?> build) {
        Result result = build.getResult();
        return result == null || result.isBetterOrEqualTo(Result.SUCCESS)
                ? new Facts.Outcome(true, "the build is successful so far")
                : new Facts.Outcome(false, "the build is " + result + " so far");
    }
}
