package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeployOrder;
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
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code deployApp environment: 'production'}. */
public final class DeployAppStep extends OrderStep {
    private String ref;
    private ArrayList<String> targets = new ArrayList<>();
    private ArrayList<String> skip = new ArrayList<>();
    private ArrayList<String> allowProblems = new ArrayList<>();
    private boolean force;
    private boolean dryRun;
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

    /** {@return ids of problems in spite of which to go on} */
    public List<String> getAllowProblems() {
        return Collections.unmodifiableList(allowProblems);
    }

    /** Sets ids of problems in spite of which to go on. */
    @DataBoundSetter
    public void setAllowProblems(List<String> allowProblems) {
        this.allowProblems = Given.names(allowProblems);
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

    @Override
    public DeployOrder order(UnaryOperator<String> change) {
        return new DeployOrder(
                destination().with(change),
                new Extent(targets, skip).with(change),
                new Manner(dryRun, force, allowProblems.stream().map(change).toList(), change.apply(getReason())),
                ref == null ? null : change.apply(ref),
                source == null ? null : source.with(change));
    }

    @Override
    protected Object readResolve() {
        setTargets(targets);
        setSkip(skip);
        setAllowProblems(allowProblems);
        return super.readResolve();
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

        /** {@return whether forcing has a reason} */
        @POST
        public FormValidation doCheckReason(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean force) {
            return Fields.of(item).reason(value, force);
        }
    }
}
