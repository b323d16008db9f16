package io.jenkins.plugins.gateddeploy.jenkins.registration;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.config.OpeningText;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * An environment as somebody registered it, in the configuration of Jenkins or of a folder. Only what is kept and
 * shown in forms; what it means is {@link io.jenkins.plugins.gateddeploy.registration.Registration}.
 */
public final class RegisteredEnvironment extends AbstractDescribableImpl<RegisteredEnvironment> {
    private final String application;
    private final String environment;
    private List<String> jobs = new ArrayList<>();
    private List<String> deployers = new ArrayList<>();
    private List<String> approvers = new ArrayList<>();
    private int required;
    private boolean authorMayApprove;
    private List<String> allOf = new ArrayList<>();
    private boolean requesterMayApprove;
    private List<String> auto = new ArrayList<>();
    private boolean startedByTimer;
    private boolean startedByScm;
    private List<String> notForceable = new ArrayList<>();
    private boolean forcingNeedsReason;
    private List<String> tell = new ArrayList<>();
    private List<String> windows = new ArrayList<>();
    private List<String> freezes = new ArrayList<>();
    private boolean waitsOutside;
    private List<String> emergency = new ArrayList<>();

    /**
     * An environment that every job may use and that needs no approval.
     *
     * @param application as deploy.toml calls it
     * @param environment as deploy.toml calls it
     */
    @DataBoundConstructor
    public RegisteredEnvironment(String application, String environment) {
        this.application = Util.fixNull(application).strip();
        this.environment = Util.fixNull(environment).strip();
    }

    /** Saved by an older version, or written by hand: what is not there is empty. */
    private Object readResolve() {
        jobs = Lines.names(jobs);
        deployers = Lines.names(deployers);
        approvers = Lines.names(approvers);
        allOf = Lines.names(allOf);
        auto = Lines.names(auto);
        notForceable = Lines.names(notForceable);
        tell = Lines.names(tell);
        windows = Lines.whole(windows);
        freezes = Lines.whole(freezes);
        emergency = Lines.names(emergency);
        return application == null || environment == null ? new RegisteredEnvironment(application, environment) : this;
    }

    /** {@return the application as deploy.toml calls it} */
    public String getApplication() {
        return application;
    }

    /** {@return the environment as deploy.toml calls it} */
    public String getEnvironment() {
        return environment;
    }

    /** {@return jobs, and folders whose jobs, may use it; empty for all. On a folder they are named from there} */
    public List<String> getJobs() {
        return List.copyOf(jobs);
    }

    /** Sets the jobs and folders that may use it. */
    @DataBoundSetter
    public void setJobs(List<String> jobs) {
        this.jobs = Lines.names(jobs);
    }

    /** {@return who may deploy and roll back: user ids, and groups with {@code @}; empty for all who are permitted} */
    public List<String> getDeployers() {
        return List.copyOf(deployers);
    }

    /** Sets who may deploy and roll back. */
    @DataBoundSetter
    public void setDeployers(List<String> deployers) {
        this.deployers = Lines.names(deployers);
    }

    /** {@return whose approvals count: user ids, and groups with {@code @}; empty for all who are permitted} */
    public List<String> getApprovers() {
        return List.copyOf(approvers);
    }

    /** Sets whose approvals count. */
    @DataBoundSetter
    public void setApprovers(List<String> approvers) {
        this.approvers = Lines.names(approvers);
    }

    /** {@return how many approvals it needs at least; 0 for none, or for one if approvers are named} */
    public int getRequired() {
        return required;
    }

    /** Sets how many approvals it needs at least; below zero is zero. */
    @DataBoundSetter
    public void setRequired(int required) {
        this.required = Math.max(0, required);
    }

    /** {@return whether the approval of an author of the change counts} */
    public boolean isAuthorMayApprove() {
        return authorMayApprove;
    }

    /** Sets whether the approval of an author of the change counts. */
    @DataBoundSetter
    public void setAuthorMayApprove(boolean authorMayApprove) {
        this.authorMayApprove = authorMayApprove;
    }

    /** {@return users, and groups with {@code @}, each of which has to give an approval} */
    public List<String> getAllOf() {
        return List.copyOf(allOf);
    }

    /** Sets the users and groups each of which has to give an approval. */
    @DataBoundSetter
    public void setAllOf(List<String> allOf) {
        this.allOf = Lines.names(allOf);
    }

    /** {@return whether the approval of the person who started the build counts} */
    public boolean isRequesterMayApprove() {
        return requesterMayApprove;
    }

    /** Sets whether the approval of the person who started the build counts. */
    @DataBoundSetter
    public void setRequesterMayApprove(boolean requesterMayApprove) {
        this.requesterMayApprove = requesterMayApprove;
    }

    /** {@return conditions under which, all of them holding, it asks nobody; empty when it always asks} */
    public List<String> getAuto() {
        return List.copyOf(auto);
    }

    /** Sets the conditions under which it asks nobody. */
    @DataBoundSetter
    public void setAuto(List<String> auto) {
        this.auto = Lines.names(auto);
    }

    /** {@return whether timers may start a deployment} */
    public boolean isStartedByTimer() {
        return startedByTimer;
    }

    /** Sets whether timers may start a deployment. */
    @DataBoundSetter
    public void setStartedByTimer(boolean startedByTimer) {
        this.startedByTimer = startedByTimer;
    }

    /** {@return whether changes in a repository may start a deployment} */
    public boolean isStartedByScm() {
        return startedByScm;
    }

    /** Sets whether changes in a repository may start a deployment. */
    @DataBoundSetter
    public void setStartedByScm(boolean startedByScm) {
        this.startedByScm = startedByScm;
    }

    /** {@return ids of problems that nobody may force; {@code *} for all} */
    public List<String> getNotForceable() {
        return List.copyOf(notForceable);
    }

    /** Sets the ids of problems that nobody may force. */
    @DataBoundSetter
    public void setNotForceable(List<String> notForceable) {
        this.notForceable = Lines.names(notForceable);
    }

    /** {@return whether whoever forces problems has to say why} */
    public boolean isForcingNeedsReason() {
        return forcingNeedsReason;
    }

    /** Sets whether whoever forces problems has to say why. */
    @DataBoundSetter
    public void setForcingNeedsReason(boolean forcingNeedsReason) {
        this.forcingNeedsReason = forcingNeedsReason;
    }

    /** {@return the e-mail addresses of those who are told what happens at its gates} */
    public List<String> getTell() {
        return List.copyOf(tell);
    }

    /** Sets the e-mail addresses of those who are told what happens at its gates. */
    @DataBoundSetter
    public void setTell(List<String> tell) {
        this.tell = Lines.names(tell);
    }

    /** {@return times of the week at which deployments may start, a line each; empty for always} */
    public List<String> getWindows() {
        return List.copyOf(windows);
    }

    /** Sets the times of the week at which deployments may start. */
    @DataBoundSetter
    public void setWindows(List<String> windows) {
        this.windows = Lines.whole(windows);
    }

    /** {@return dates on which no deployment starts, a line each} */
    public List<String> getFreezes() {
        return List.copyOf(freezes);
    }

    /** Sets the dates on which no deployment starts. */
    @DataBoundSetter
    public void setFreezes(List<String> freezes) {
        this.freezes = Lines.whole(freezes);
    }

    /** {@return whether a deployment that is asked for at another time waits, rather than being refused} */
    public boolean isWaitsOutside() {
        return waitsOutside;
    }

    /** Sets whether a deployment that is asked for at another time waits. */
    @DataBoundSetter
    public void setWaitsOutside(boolean waitsOutside) {
        this.waitsOutside = waitsOutside;
    }

    /** {@return who may go past windows and freezes: user ids, and groups with {@code @}; empty for nobody} */
    public List<String> getEmergency() {
        return List.copyOf(emergency);
    }

    /** Sets who may go past windows and freezes. */
    @DataBoundSetter
    public void setEmergency(List<String> emergency) {
        this.emergency = Lines.names(emergency);
    }

    /** Describes it and validates its form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RegisteredEnvironment> {
        @Override
        public String getDisplayName() {
            return Messages.RegisteredEnvironment_DisplayName();
        }

        /** {@return names as a field of the form shows them} */
        public String lines(Collection<String> names) {
            return Lines.field(names);
        }

        /** Validates the name of the application. */
        @POST
        public FormValidation doCheckApplication(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return value.isBlank()
                    ? FormValidation.error(Messages.RegisteredEnvironment_ApplicationMissing())
                    : FormValidation.ok();
        }

        /** Validates the name of the environment. */
        @POST
        public FormValidation doCheckEnvironment(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return value.isBlank()
                    ? FormValidation.error(Messages.RegisteredEnvironment_EnvironmentMissing())
                    : FormValidation.ok();
        }

        /** Says which jobs there are not (yet). */
        @POST
        public FormValidation doCheckJobs(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            ItemGroup<?> root = item instanceof ItemGroup<?> folder ? folder : Jenkins.get();
            List<String> missing = Lines.names(value).stream()
                    .filter(name -> Jenkins.get().getItem("/" + full(root, name), root) == null)
                    .toList();
            return missing.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.RegisteredEnvironment_NoSuchJob(String.join(", ", missing)));
        }

        /** Validates names of people and groups. */
        @POST
        public FormValidation doCheckDeployers(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return people(value);
        }

        /** Validates names of people and groups. */
        @POST
        public FormValidation doCheckApprovers(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return people(value);
        }

        /** Validates names of people and groups. */
        @POST
        public FormValidation doCheckAllOf(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return people(value);
        }

        /** Says which conditions nobody knows; such a one never holds. */
        @POST
        public FormValidation doCheckAuto(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            List<String> unknown = Lines.names(value).stream()
                    .filter(name -> !Automation.conditions().contains(name))
                    .toList();
            return unknown.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RegisteredEnvironment_NoSuchCondition(
                            String.join(", ", unknown), String.join(", ", Automation.conditions())));
        }

        /** Says when there cannot be so many approvals. */
        @POST
        public FormValidation doCheckRequired(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String approvers) {
            checkMayConfigure(item);
            FormValidation number = FormValidation.validateNonNegativeInteger(value.strip());
            if (number.kind != FormValidation.Kind.OK) {
                return number;
            }
            List<String> names = Lines.names(approvers);
            boolean people = !names.isEmpty() && names.stream().noneMatch(name -> name.startsWith("@"));
            return people && Integer.parseInt(value.strip()) > names.size()
                    ? FormValidation.error(Messages.RegisteredEnvironment_TooFewApprovers(names.size(), value.strip()))
                    : FormValidation.ok();
        }

        /** Says which of the addresses are none. */
        @POST
        public FormValidation doCheckTell(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            List<String> none = Lines.names(value).stream()
                    .filter(address -> !address.matches("[^\\s@<>\",;:]+@[^\\s@<>\",;:]+"))
                    .toList();
            return none.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RegisteredEnvironment_NoAddress(String.join(", ", none)));
        }

        /** Says which lines are no windows. */
        @POST
        public FormValidation doCheckWindows(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return lines(value, OpeningText::window);
        }

        /** Says which lines are no freezes. */
        @POST
        public FormValidation doCheckFreezes(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return lines(value, OpeningText::freeze);
        }

        /** Validates names of people and groups. */
        @POST
        public FormValidation doCheckEmergency(@AncestorInPath Item item, @QueryParameter String value) {
            checkMayConfigure(item);
            return people(value);
        }

        private static FormValidation lines(String value, Function<String, ?> reader) {
            List<String> unreadable =
                    Written.of(Lines.whole(List.of(value)), reader).unreadable();
            return unreadable.isEmpty() ? FormValidation.ok() : FormValidation.error(String.join(" ", unreadable));
        }

        private static FormValidation people(String value) {
            return Lines.names(value).contains("@")
                    ? FormValidation.error(Messages.RegisteredEnvironment_GroupMissing())
                    : FormValidation.ok();
        }

        private static String full(ItemGroup<?> root, String name) {
            return root.getFullName().isEmpty() ? name : root.getFullName() + "/" + name;
        }

        /** What the forms ask about is for those who may save them. */
        private static void checkMayConfigure(Item item) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(Item.CONFIGURE);
            }
        }
    }
}
