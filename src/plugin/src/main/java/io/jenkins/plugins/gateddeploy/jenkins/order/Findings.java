package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.release.Verified;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What the checks say, in a build's console.
 *
 * @param console takes the lines
 */
record Findings(PrintStream console) {

    void print(Configuration configuration, Verified verified) {
        console.println("Verifying " + configuration.app() + " for " + configuration.environment());
        verified.plan().ifPresent(this::print);
        print(verified.judgement());
    }

    private void print(Plan plan) {
        line("ok", plan.ref() + " is " + plan.revision());
        plan.current().stream()
                .filter(current -> current.failure().isEmpty())
                .forEach(current -> line(
                        "ok",
                        "[" + current.target() + "] "
                                + (current.release().isEmpty()
                                        ? "nothing is current yet"
                                        : "current is " + current.release())));
    }

    /** Prints every problem with its mend, and what is let pass. */
    void print(Judgement judgement) {
        judgement.problems().forEach(problem -> line(mark(judgement, problem), problem.oneLine()));
        if (!judgement.forced().isNothing()) {
            console.println("Forced: " + judgement.forced().words());
        }
    }

    private static String mark(Judgement judgement, Problem problem) {
        return judgement.isForced(problem)
                ? "forced"
                : problem.severity().name().toLowerCase(Locale.ROOT);
    }

    private void line(String mark, String text) {
        console.println("  " + String.format("%-8s", mark) + text);
    }
}
