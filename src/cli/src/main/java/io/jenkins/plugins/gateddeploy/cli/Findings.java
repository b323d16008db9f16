package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Diagnosis;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.PrintStream;

/** Prints what an examination found. */
final class Findings {
    private Findings() {}

    /** {@return the exit code} */
    static int print(GatedDeploy root, Configuration configuration, Diagnosis diagnosis) {
        if (root.json) {
            Json.print(root.outside.out(), Documents.diagnosis(configuration, diagnosis, diagnosis.revision()));
        } else {
            print(Reading.of(root), configuration, diagnosis);
        }
        return diagnosis.isGood() ? ExitCode.DONE : ExitCode.PROBLEMS;
    }

    private static void print(Reading reading, Configuration configuration, Diagnosis diagnosis) {
        Style style = reading.style();
        PrintStream out = reading.out();
        out.println(style.strong(configuration.app() + " in " + configuration.environment()));
        diagnosis
                .revision()
                .ifPresent(revision -> fact(
                        out,
                        style,
                        "version",
                        revision.ref() + " → " + revision.shortId() + " \"" + revision.subject() + "\" by "
                                + revision.author()));
        diagnosis.general().forEach(problem -> problem(out, style, problem));
        for (Diagnosis.OnTarget target : diagnosis.targets()) {
            out.println(style.strong(target.target()));
            target.facts().forEach((what, fact) -> fact(out, style, what, fact));
            target.problems().forEach(problem -> problem(out, style, problem));
        }
        long errors =
                diagnosis.problems().filter(p -> p.severity() == Severity.ERROR).count();
        long warnings = diagnosis.problems().count() - errors;
        String summary = errors == 0 ? "Fit to be deployed to" : errors + (errors == 1 ? " problem" : " problems");
        summary += warnings == 0 ? "." : ", " + warnings + (warnings == 1 ? " warning." : " warnings.");
        out.println(errors == 0 ? style.good(summary) : style.bad(summary));
    }

    private static void fact(PrintStream out, Style style, String what, String fact) {
        out.println("  " + style.good("ok") + "       " + String.format("%-9s", what) + Style.plain(fact));
    }

    private static void problem(PrintStream out, Style style, Problem problem) {
        boolean error = problem.severity() == Severity.ERROR;
        String mark = error ? style.bad("problem") : style.doubtful("warning");
        String where = problem.where().map(place -> place + ": ").orElse("");
        out.println("  " + mark + "  " + Style.plain(where + problem.message()) + " "
                + style.dim("[" + problem.id() + "]"));
        if (!problem.mend().isEmpty()) {
            out.println("           " + style.dim("→ ") + Style.plain(problem.mend()));
        }
    }
}
