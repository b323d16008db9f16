package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.order.Fields;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import io.jenkins.plugins.gateddeploy.jenkins.order.Retreat;
import io.jenkins.plugins.gateddeploy.jenkins.order.RollbackOrder;
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

/** {@code rollbackTo environment: 'production', release: 'previous'}. */
public final class RollbackToStep extends ChangingStep {
    private String release = RollbackOrder.PREVIOUS;
    private boolean undo;
    /** Null for none. */
    private String via;
    /** Null for none: jobs outside of Pipelines, which save this step, never have it. */
    private String unless;

    /** @param environment of deploy.toml */
    @DataBoundConstructor
    public RollbackToStep(String environment) {
        super(environment);
    }

    /** {@return what to roll back to} */
    public String getRelease() {
        return release;
    }

    /**
     * Sets what to roll back to: {@code previous}, a release id, a tag, a commit, {@code #42} a deployment,
     * {@code build:42} a build of this job.
     */
    @DataBoundSetter
    public void setRelease(String release) {
        this.release = Given.text(release, RollbackOrder.PREVIOUS);
    }

    /** {@return whether what the tasks of later releases did is taken back, where they say how} */
    public boolean isUndo() {
        return undo;
    }

    /** Sets whether what the tasks of later releases did is taken back, where they say how. */
    @DataBoundSetter
    public void setUndo(boolean undo) {
        this.undo = undo;
    }

    /** {@return the environment to go back in first, before people are asked about this one; may be empty} */
    public String getVia() {
        return Given.text(via);
    }

    /** Sets the environment to go back in first, before people are asked about this one. */
    @DataBoundSetter
    public void setVia(String via) {
        this.via = Given.text(via, null);
    }

    /** {@return the environment whose deployment by the same build makes this unnecessary; empty for none} */
    public String getUnless() {
        return Given.text(unless);
    }

    /** Sets the environment whose deployment by the same build makes this unnecessary. */
    @DataBoundSetter
    public void setUnless(String unless) {
        this.unless = Given.text(unless, null);
    }

    @Override
    public StepExecution start(StepContext context) {
        return unless == null
                ? super.start(context)
                : new RetreatExecution(
                        context, new Retreat(destination(), release, unless), order(UnaryOperator.identity()));
    }

    @Override
    public RollbackOrder order(UnaryOperator<String> change) {
        return new RollbackOrder(
                        destination().with(change),
                        extent().with(change),
                        manner(isDryRun(), change),
                        change.apply(release),
                        undo)
                .via(change.apply(getVia()));
    }

    @Override
    protected Object readResolve() {
        setRelease(release);
        return super.readResolve();
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements OrderForm {
        @Override
        public String getFunctionName() {
            return "rollbackTo";
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackToStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(request, Names.listed(form, "targets", "skip", "allowProblems"));
        }

        /** {@return whether this can be what to roll back to} */
        @POST
        public FormValidation doCheckRelease(@AncestorInPath Item item, @QueryParameter String value) {
            return Fields.of(item).release(value);
        }
    }
}
