package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.AbortException;
import hudson.cli.CLICommand;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** What deciding at a gate from Jenkins' command line takes, whichever way. */
abstract class DecisionCommand extends CLICommand {
    private final Verdict verdict;

    @Argument(metaVar = "GATE", required = true, usage = "Id of the gate, as its page and its messages have it")
    private String gate;

    @Option(name = "--comment", usage = "What to say with it")
    private String comment = "";

    @Option(
            name = "--plan",
            usage =
                    "Digest of the plan that you have seen: the decision is refused when the gate is about another one by"
                            + " now")
    private String plan;

    DecisionCommand(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    protected int run() throws AbortException {
        try {
            Gate after = Decisions.decide(
                    Jenkins.getAuthentication2(), gate, verdict, comment.strip(), Optional.ofNullable(plan));
            stdout.println(Messages.DecisionCommand_standing(
                    after.subject().revision(), after.standing(Instant.now()).name()));
            if (after.standing(Instant.now()) == Standing.OPEN) {
                stdout.println(Messages.DecisionCommand_needed(after.needed(Instant.now()).stream()
                        .map(Gate.Need::words)
                        .collect(Collectors.joining("; "))));
            }
            return 0;
        } catch (GateException e) {
            throw new AbortException((e.problem().message() + " " + e.problem().mend()).strip());
        }
    }
}
