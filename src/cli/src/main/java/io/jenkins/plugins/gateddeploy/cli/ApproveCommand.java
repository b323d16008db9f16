package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code approve GATE}. */
@Command(name = "approve", description = "Approve what waits at a gate.")
final class ApproveCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Mixin
    private DecisionOptions decision;

    @Override
    public Integer call() throws Exception {
        return decision.decide(root, Verdict.APPROVE);
    }
}
