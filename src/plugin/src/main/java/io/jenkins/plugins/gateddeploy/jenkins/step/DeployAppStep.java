package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeployOrder;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import io.jenkins.plugins.gateddeploy.jenkins.order.WorkspaceSource;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code deployApp environment: 'production'}. */
public final class DeployAppStep extends ChangingStep {
    private String ref;
    private String emergency;
    private WorkspaceSource source;

    /** @param environment of deploy.toml */
    @DataBoundConstructor
    public DeployAppStep(String environment) {
        super(environment);
    }

    /** {@return branch, tag or commit; null for the commit that the build is of, else the environment's branch} */
    public String getRef() {
        return ref;
    }

    /** Sets branch, tag or commit. */
    @DataBoundSetter
    public void setRef(String ref) {
        this.ref = Given.text(ref, null);
    }

    /** {@return a folder that is deployed instead of a commit; null for none} */
    public WorkspaceSource getSource() {
        return source;
    }

    /** Sets a folder that is deployed instead of a commit. */
    @DataBoundSetter
    public void setSource(WorkspaceSource source) {
        this.source = source;
    }

    /** {@return why it goes past windows and freezes; null to keep to them} */
    public String getEmergency() {
        return emergency;
    }

    /** Sets why it goes past windows and freezes. */
    @DataBoundSetter
    public void setEmergency(String emergency) {
        this.emergency = Given.text(emergency, null);
    }

    @Override
    public DeployOrder order(UnaryOperator<String> change) {
        return new DeployOrder(
                destination().with(change),
                extent().with(change),
                manner(isDryRun(), change).inEmergency(emergency == null ? "" : change.apply(emergency)),
                ref == null ? null : change.apply(ref),
                source == null ? null : source.with(change));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements OrderForm {
        @Override
        public String getFunctionName() {
            return "deployApp";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployAppStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(request, Names.listed(form, "targets", "skip", "allowProblems"));
        }
    }
}
