package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.Extension;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;

/** {@code java -jar jenkins-cli.jar gated-deploy-reject GATE}. */
@Extension
public final class RejectCommand extends DecisionCommand {

    /** Made anew for each call. */
    public RejectCommand() {
        super(Verdict.REJECT);
    }

    @Override
    public String getName() {
        return "gated-deploy-reject";
    }

    @Override
    public String getShortDescription() {
        return Messages.RejectCommand_shortDescription();
    }
}
