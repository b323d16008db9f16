package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is let pass although it is wrong. */
final class ForcingOptions {
    @Option(
            names = "--allow-problems",
            paramLabel = "ID",
            split = ",",
            description = "Go on in spite of these problems; * for all that may be forced.")
    private List<String> allowed = List.of();

    @Option(names = "--force", description = "Go on in spite of every problem that may be forced.")
    private boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the deployment.")
    private String reason = "";

    Forcing forcing() {
        return force ? Forcing.all(reason.strip()) : new Forcing(Set.copyOf(allowed), reason.strip());
    }

    /** {@return what this machine brings along: who asks here has no rules, but may have a reason} */
    Mandate mandate() {
        return Mandate.none().because(reason.strip());
    }
}
