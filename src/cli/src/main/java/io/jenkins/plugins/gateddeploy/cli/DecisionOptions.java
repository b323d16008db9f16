package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Progress;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A decision at a gate: of this home, or of a Jenkins. */
final class DecisionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(paramLabel = "GATE", description = "Its id, as deploy or the page has shown it.")
    private String gate;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why; kept with the decision.")
    private String comment = "";

    @Option(
            names = "--jenkins",
            paramLabel = "URL",
            description =
                    "Address of the Jenkins job that asks: https://ci.example.org/job/shop/. Default: a gate of this home")
    private URI jenkins;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Who decides there. The API token comes from GATED_DEPLOY_JENKINS_TOKEN, else is asked for.")
    private String user;

    @Option(names = "--insecure-http", description = "Send the token over plain HTTP to another machine.")
    private boolean insecure;

    int decide(GatedDeploy root, Verdict verdict) throws Exception {
        if (jenkins == null) {
            return here(root, verdict);
        }
        if (user == null) {
            throw new ParameterException(spec.commandLine(), "--jenkins needs --user.");
        }
        JenkinsGates gates = new JenkinsGates(jenkins, user, JenkinsGates.token(root.outside.environment()), insecure);
        JenkinsGates.Answer answer = gates.decide(gate, verdict, comment.strip());
        print(root, answer.standing(), answer.revision(), answer.needed());
        return ExitCode.DONE;
    }

    private int here(GatedDeploy root, Verdict verdict) throws ProblemException {
        Instant began = Instant.now();
        try (Host host = new Opening(root).host("decide at a gate")) {
            Vote vote = Vote.onTheNewest(host.ports(line -> {}, Progress.none()).actor(), verdict, comment.strip());
            Gate after = host.history().gates().decide(gate, vote, Instant.now());
            print(
                    root,
                    after.standing(Instant.now()).name(),
                    after.subject().revision(),
                    after.needed(Instant.now()).stream().map(Gate.Need::words).toList());
            host.tell(began, root.outside.err()::println);
            return ExitCode.DONE;
        } catch (GateException e) {
            throw new ProblemException(List.of(e.problem()));
        }
    }

    private void print(GatedDeploy root, String standing, String revision, List<String> needed) {
        if (root.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("gate", gate);
            document.put("revision", revision);
            document.put("standing", standing);
            document.put("needed", needed);
            Json.print(root.outside.out(), document);
            return;
        }
        String more = standing.equals("OPEN") ? " Still needed: " + String.join("; ", needed) + "." : "";
        root.outside
                .out()
                .println(Style.plain(revision) + ": " + standing.toLowerCase(java.util.Locale.ROOT) + "."
                        + Style.plain(more));
    }
}
