package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Diagnosis;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What an examination found, in a build's console.
 *
 * @param console takes the lines
 * @param allowed ids of problems that are no reason to fail
 * @param reason why
 */
record Findings(PrintStream console, List<String> allowed, String reason) {

    void print(Configuration configuration, Diagnosis diagnosis) {
        console.println("Verifying " + configuration.app() + " for " + configuration.environment());
        diagnosis
                .revision()
                .ifPresent(revision -> line(
                        "ok",
                        revision.ref() + " is " + revision.shortId() + " \"" + revision.subject() + "\" by "
                                + revision.author()));
        diagnosis.general().forEach(this::problem);
        for (Diagnosis.OnTarget target : diagnosis.targets()) {
            target.facts().forEach((what, fact) -> line("ok", "[" + target.target() + "] " + what + ": " + fact));
            target.problems().forEach(this::problem);
        }
        if (!allowed.isEmpty()) {
            console.println("Allowed: " + String.join(", ", allowed) + ", because: " + reason);
        }
    }

    private void problem(Problem problem) {
        boolean passes = problem.severity() == Severity.ERROR && allowed.contains(problem.id());
        line(passes ? "allowed" : problem.severity().name().toLowerCase(Locale.ROOT), problem.oneLine());
    }

    private void line(String mark, String text) {
        console.println("  " + String.format("%-8s", mark) + text);
    }
}
