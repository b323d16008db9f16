package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.gate.HoldExecution;
import io.jenkins.plugins.gateddeploy.jenkins.order.Destination;
import io.jenkins.plugins.gateddeploy.jenkins.order.Fields;
import io.jenkins.plugins.gateddeploy.jenkins.order.HoldOrder;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import io.jenkins.plugins.gateddeploy.jenkins.order.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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

/** {@code holdForApproval environment: 'production', message: 'Ship it?'}. */
public final class HoldForApprovalStep extends Step {
    private static final Duration LONGEST = Duration.ofDays(7);

    private final String environment;
    private String config = Given.CONFIG;
    private String ref;
    private String message = "";
    private String approvers = "";
    private int required = 1;
    private WaitingTime timeout;
    private boolean auto;
    private String allOf = "";
    private boolean requesterMayApprove = true;
    private ArrayList<String> evidence = new ArrayList<>();
    private ArrayList<String> skip = new ArrayList<>();

    /** @param environment of deploy.toml */
    @DataBoundConstructor
    public HoldForApprovalStep(String environment) {
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

    /** {@return what people are asked; may be empty} */
    public String getMessage() {
        return message;
    }

    /** Sets what people are asked. */
    @DataBoundSetter
    public void setMessage(String message) {
        this.message = Given.text(message);
    }

    /** {@return user ids, and groups with an {@code @}, separated by commas; empty for all who have the permission} */
    public String getApprovers() {
        return approvers;
    }

    /** Sets who may approve. */
    @DataBoundSetter
    public void setApprovers(String approvers) {
        this.approvers = Given.text(approvers);
    }

    /** {@return how many different people have to approve} */
    public int getRequired() {
        return required;
    }

    /**
     * Sets how many different people have to approve.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    @DataBoundSetter
    public void setRequired(int required) {
        if (required < 1) {
            throw new IllegalArgumentException("required: expected at least 1, found " + required + ".");
        }
        this.required = required;
    }

    /** {@return how long to wait; null for a week} */
    public WaitingTime getTimeout() {
        return timeout;
    }

    /** Sets how long to wait. */
    @DataBoundSetter
    public void setTimeout(WaitingTime timeout) {
        this.timeout = timeout;
    }

    /** {@return whether nobody has to be asked when everything is well} */
    public boolean isAuto() {
        return auto;
    }

    /** Sets whether nobody has to be asked when everything is well. */
    @DataBoundSetter
    public void setAuto(boolean auto) {
        this.auto = auto;
    }

    /** {@return user ids, and groups with an {@code @}, each of which has to approve, separated by commas} */
    public String getAllOf() {
        return allOf;
    }

    /** Sets who all have to approve. */
    @DataBoundSetter
    public void setAllOf(String allOf) {
        this.allOf = Given.text(allOf);
    }

    /** {@return whether this step counts the approval of the person who started the build} */
    public boolean isRequesterMayApprove() {
        return requesterMayApprove;
    }

    /** Sets whether this step counts the approval of the person who started the build. */
    @DataBoundSetter
    public void setRequesterMayApprove(boolean requesterMayApprove) {
        this.requesterMayApprove = requesterMayApprove;
    }

    /** {@return paths of archived artifacts that people should look at} */
    public List<String> getEvidence() {
        return Collections.unmodifiableList(evidence);
    }

    /** Sets paths of archived artifacts that people should look at. */
    @DataBoundSetter
    public void setEvidence(List<String> evidence) {
        this.evidence = Given.names(evidence);
    }

    /** {@return tasks that the deployment leaves out} */
    public List<String> getSkip() {
        return Collections.unmodifiableList(skip);
    }

    /** Sets tasks that the deployment leaves out. */
    @DataBoundSetter
    public void setSkip(List<String> skip) {
        this.skip = Given.names(skip);
    }

    private HoldOrder order() {
        return new HoldOrder(
                        new Destination(environment, config, ""),
                        ref,
                        new Question(
                                        message,
                                        Names.split(approvers, ","),
                                        required,
                                        timeout == null ? LONGEST : timeout.duration(),
                                        evidence)
                                .asking(Names.split(allOf, ","), requesterMayApprove),
                        auto)
                .leavingOut(skip);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new HoldExecution(context, order());
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements OrderForm {
        @Override
        public String getFunctionName() {
            return "holdForApproval";
        }

        @Override
        public String getDisplayName() {
            return Messages.HoldForApprovalStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(request, Names.listed(form, "evidence", "skip"));
        }

        /** {@return whether so many people can be asked for} */
        @POST
        public FormValidation doCheckRequired(@AncestorInPath Item item, @QueryParameter String value) {
            return Fields.of(item).count(value);
        }
    }
}
