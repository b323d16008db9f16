package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** "Needs approval before it runs": each build of the job waits in the queue until people have agreed. */
public final class ApprovalProperty extends OptionalJobProperty<AbstractProject<?, ?>> {
    private static final int DAY = 24;

    private final String approvers;
    private String message = "";
    private int required = 1;
    private int timeoutHours = DAY;

    /** @param approvers user ids, and groups with a {@code @} before them; empty for all who may approve here */
    @DataBoundConstructor
    public ApprovalProperty(String approvers) {
        this.approvers = Util.fixNull(approvers).strip();
    }

    /** {@return user ids, and groups with a {@code @} before them; separated by commas} */
    public String getApprovers() {
        return approvers;
    }

    /** {@return what people are asked; may be empty} */
    public String getMessage() {
        return message;
    }

    /** Sets what people are asked. */
    @DataBoundSetter
    public void setMessage(String message) {
        this.message = Util.fixNull(message).strip();
    }

    /** {@return how many different people have to approve} */
    public int getRequired() {
        return required;
    }

    /** Sets how many different people have to approve; at least one. */
    @DataBoundSetter
    public void setRequired(int required) {
        this.required = Math.max(1, required);
    }

    /** {@return for how many hours a build waits before it is taken out of the queue} */
    public int getTimeoutHours() {
        return timeoutHours;
    }

    /** Sets for how many hours a build waits; at least one. */
    @DataBoundSetter
    public void setTimeoutHours(int timeoutHours) {
        this.timeoutHours = Math.max(1, timeoutHours);
    }

    /** {@return what has to be met; nobody knows yet which commits the build will bring, so nobody is kept out as author} */
    Clause clause() {
        List<String> names = Arrays.stream(approvers.split("[,\\s]+"))
                .filter(n -> !n.isEmpty())
                .toList();
        return new Clause(names, required, true, Duration.ofHours(timeoutHours), Clause.Source.STEP);
    }

    /** {@return that of a job; null for none} */
    static ApprovalProperty of(Job<?, ?> job) {
        return job.getProperty(ApprovalProperty.class);
    }

    @Override
    public Collection<? extends Action> getJobActions(AbstractProject<?, ?> job) {
        return List.of(new WaitingBuilds(job));
    }

    /** Describes it. */
    @Extension
    @Symbol("needsApproval")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        @SuppressWarnings("rawtypes") // as it is declared in Jenkins
        public boolean isApplicable(Class<? extends Job> type) {
            return AbstractProject.class.isAssignableFrom(type);
        }

        @Override
        public String getDisplayName() {
            return Messages.ApprovalProperty_displayName();
        }

        /** {@return whether this is a number of people} */
        @POST
        public FormValidation doCheckRequired(@AncestorInPath Item item, @QueryParameter String value) {
            return positive(item, value);
        }

        /** {@return whether this is a number of hours} */
        @POST
        public FormValidation doCheckTimeoutHours(@AncestorInPath Item item, @QueryParameter String value) {
            return positive(item, value);
        }

        private static FormValidation positive(Item item, String value) {
            return item != null && item.hasPermission(Item.CONFIGURE)
                    ? FormValidation.validatePositiveInteger(value)
                    : FormValidation.ok();
        }
    }
}
