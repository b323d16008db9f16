package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code reject GATE}. */
@Command(name = "reject", description = "Reject what waits at a gate, which closes it.")
final class RejectCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Mixin
    private DecisionOptions decision;

    @Override
    public Integer call() throws Exception {
        return decision.decide(root, Verdict.REJECT);
    }
}
