package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeployOrder;
import io.jenkins.plugins.gateddeploy.jenkins.order.Destination;
import io.jenkins.plugins.gateddeploy.jenkins.order.Extent;
import io.jenkins.plugins.gateddeploy.jenkins.order.Fields;
import io.jenkins.plugins.gateddeploy.jenkins.order.Manner;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import io.jenkins.plugins.gateddeploy.jenkins.order.WorkspaceSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code deployApp environment: 'production'}. */
public final class DeployAppStep extends Step {
    private final String environment;
    private String config = Given.CONFIG;
    private String ref;
    private String label = "";
    private ArrayList<String> targets = new ArrayList<>();
    private ArrayList<String> skip = new ArrayList<>();
    private boolean force;
    private String reason = "";
    private boolean dryRun;
    private WorkspaceSource source;

    /** @param environment of deploy.toml */
    @DataBoundConstructor
    public DeployAppStep(String environment) {
        this.environment = Given.text(environment);
    }

    /** {@return the environment of deploy.toml} */
    public String getEnvironment() {
        return environment;
    }

    /** {@return the path of deploy.toml in the workspace} */
    public String getConfig() {
        return config;
    }

    /** Sets the path of deploy.toml in the workspace. */
    @DataBoundSetter
    public void setConfig(String config) {
        this.config = Given.text(config, Given.CONFIG);
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

    /** {@return the label of the agent from which targets are reached; may be empty} */
    public String getLabel() {
        return label;
    }

    /** Sets the label of the agent from which targets are reached. */
    @DataBoundSetter
    public void setLabel(String label) {
        this.label = Given.text(label);
    }

    /** {@return the only targets to deploy to; empty for all} */
    public List<String> getTargets() {
        return Collections.unmodifiableList(targets);
    }

    /** Sets the only targets to deploy to. */
    @DataBoundSetter
    public void setTargets(List<String> targets) {
        this.targets = Given.names(targets);
    }

    /** {@return tasks to leave out} */
    public List<String> getSkip() {
        return Collections.unmodifiableList(skip);
    }

    /** Sets tasks to leave out. */
    @DataBoundSetter
    public void setSkip(List<String> skip) {
        this.skip = Given.names(skip);
    }

    /** {@return whether to go on in spite of problems that may be forced} */
    public boolean isForce() {
        return force;
    }

    /** Sets whether to go on in spite of problems that may be forced. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    /** {@return why; may be empty} */
    public String getReason() {
        return reason;
    }

    /** Sets why. */
    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Given.text(reason);
    }

    /** {@return whether remote commands are only printed} */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Sets whether remote commands are only printed. */
    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
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

    /**
     * {@return what is asked for}
     *
     * @param change what becomes of each text, such as variables in it
     */
    public DeployOrder order(UnaryOperator<String> change) {
        return new DeployOrder(
                new Destination(environment, config, label).with(change),
                new Extent(targets, skip).with(change),
                new Manner(dryRun, force, change.apply(reason)),
                ref == null ? null : change.apply(ref),
                source == null ? null : source.with(change));
    }

    /** A freestyle job that was saved before a parameter existed does not have it. */
    private Object readResolve() {
        setConfig(config);
        setLabel(label);
        setReason(reason);
        setTargets(targets);
        setSkip(skip);
        return this;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new OrderExecution(context, order(UnaryOperator.identity()));
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
            return super.newInstance(request, Names.listed(form, "targets", "skip"));
        }

        /** {@return whether forcing has a reason} */
        @POST
        public FormValidation doCheckReason(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean force) {
            return Fields.of(item).reason(value, force);
        }
    }
}
