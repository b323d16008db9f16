package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.Extension;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;

/** {@code java -jar jenkins-cli.jar gated-deploy-approve GATE}. */
@Extension
public final class ApproveCommand extends DecisionCommand {

    /** Made anew for each call. */
    public ApproveCommand() {
        super(Verdict.APPROVE);
    }

    @Override
    public String getName() {
        return "gated-deploy-approve";
    }

    @Override
    public String getShortDescription() {
        return Messages.ApproveCommand_shortDescription();
    }
}
