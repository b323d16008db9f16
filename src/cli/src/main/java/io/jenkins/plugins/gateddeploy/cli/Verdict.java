package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.PrintStream;
import java.util.Optional;

/**
 * What the checks say.
 *
 * @param plan what would happen; empty when there is no such version
 * @param judgement what was found, and what of it is let pass
 */
record Verdict(Optional<Plan> plan, Judgement judgement) {

    /** {@return the exit code} */
    int print(GatedDeploy root, Configuration configuration) {
        if (root.json) {
            Json.print(root.outside.out(), Documents.verdict(configuration, plan, judgement));
        } else {
            Reading reading = Reading.of(root);
            reading.out().println(reading.style().strong(configuration.app() + " in " + configuration.environment()));
            plan.ifPresent(p -> print(reading, p));
            problems(reading);
        }
        return judgement.standing().isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
    }

    private static void print(Reading reading, Plan plan) {
        Style style = reading.style();
        PrintStream out = reading.out();
        out.println("  " + style.good("ok") + "       version  " + Style.plain(plan.revision()));
        for (Plan.Current current : plan.current()) {
            if (current.failure().isEmpty()) {
                String now = current.release().isEmpty() ? "nothing is current yet" : "current " + current.release();
                out.println("  " + style.good("ok") + "       target   " + current.target() + ": " + Style.plain(now));
            }
        }
    }

    /** Prints what was found, each with its mend, and how much it is. */
    void problems(Reading reading) {
        Style style = reading.style();
        for (Problem problem : judgement.problems()) {
            String where = problem.where().map(place -> place + ": ").orElse("");
            reading.out()
                    .println("  " + mark(style, problem) + "  " + Style.plain(where + problem.message()) + " "
                            + style.dim("[" + problem.id() + "]"));
            if (!problem.mend().isEmpty()) {
                reading.out().println("           " + style.dim("→ ") + Style.plain(problem.mend()));
            }
        }
        if (!judgement.forced().isNothing()) {
            reading.out()
                    .println("  " + style.bad("forced") + "   "
                            + Style.plain(judgement.forced().words()));
        }
        reading.out().println(summary(style));
    }

    private String mark(Style style, Problem problem) {
        if (problem.severity() == Severity.WARNING) {
            return style.doubtful("warning");
        }
        return judgement.isForced(problem) ? style.bad("forced ") : style.bad("problem");
    }

    private String summary(Style style) {
        long errors = judgement.standing().size();
        long forced = judgement.problems().stream().filter(judgement::isForced).count();
        long warnings = judgement.problems().size() - errors - forced;
        String summary = errors == 0 ? "Fit to be deployed to" : count(errors, "problem");
        summary += forced == 0 ? "" : ", " + forced + " forced";
        summary += warnings == 0 ? "." : ", " + count(warnings, "warning") + ".";
        return errors == 0 && forced == 0 ? style.good(summary) : style.bad(summary);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
