package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.jenkins.host.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Starts a job at certain times, and says what it is to deploy. {@link Schedules} looks when it is due. */
public final class ScheduledDeployment extends Trigger<Job<?, ?>> {
    /** What was missed is made up for once. */
    public static final String LATE = "late";
    /** What was missed is gone. */
    public static final String SKIP = "skip";

    private static final Logger LOGGER = Logger.getLogger(ScheduledDeployment.class.getName());
    private static final int SHOWN = 5;

    private final String times;
    private String ref = "";
    private String missed = LATE;

    /** Before that, it did not exist. */
    private transient volatile Instant since;

    /** @param times lines of times, see {@code help-times.html} */
    @DataBoundConstructor
    public ScheduledDeployment(String times) {
        this.times = Util.fixNull(times).replace("\r\n", "\n").strip();
    }

    /** {@return lines of times} */
    public String getTimes() {
        return Util.fixNull(times);
    }

    /** {@return what is deployed, as the steps' {@code ref} has it; empty for what the job deploys anyway} */
    public String getRef() {
        return Util.fixNull(ref);
    }

    /** Sets what is deployed. */
    @DataBoundSetter
    public void setRef(String ref) {
        this.ref = Util.fixNull(ref).strip();
    }

    /** {@return what becomes of times at which Jenkins was not running: {@value #LATE} or {@value #SKIP}} */
    public String getMissed() {
        return SKIP.equals(missed) ? SKIP : LATE;
    }

    /** Sets what becomes of times at which Jenkins was not running. */
    @DataBoundSetter
    public void setMissed(String missed) {
        this.missed = SKIP.equals(missed) ? SKIP : LATE;
    }

    @Override
    public void start(Job<?, ?> project, boolean newInstance) {
        super.start(project, newInstance);
        // Pipelines start a trigger that is new as if they had loaded it, and then again.
        boolean loaded = !newInstance && Jenkins.get().getInitLevel().compareTo(InitMilestone.COMPLETED) < 0;
        Instant now = loaded ? Instant.MIN : TimeSource.current().instant();
        since = Schedules.get().since(project, getTimes(), now);
    }

    /**
     * Starts the job when it is due.
     *
     * @param looked until when it was looked at before
     * @param running since when Jenkins is running
     * @param now the time
     */
    void look(Instant looked, Instant running, Instant now) {
        Instant begun = since;
        Job<?, ?> of = job;
        if (begun == null || of == null || !(of instanceof ParameterizedJob<?, ?> startable)) {
            return;
        }
        Optional<Instant> due = due(of, begun.isAfter(looked) ? begun : looked, now);
        if (due.isEmpty() || !startable.isBuildable()) {
            return;
        }
        boolean late = due.get().isBefore(running);
        if (late && getMissed().equals(SKIP)) {
            LOGGER.log(
                    Level.INFO,
                    () -> "Scheduled deployment of " + of.getFullName() + " at " + due.get()
                            + " is skipped: Jenkins was not running.");
            return;
        }
        CauseAction cause =
                new CauseAction(late ? ScheduleCause.late(shown(due.get().atZone(home()))) : ScheduleCause.onTime());
        if (getRef().isEmpty()) {
            ParameterizedJobMixIn.scheduleBuild2(of, 0, cause);
        } else {
            ParameterizedJobMixIn.scheduleBuild2(of, 0, cause, Started.schedule(getRef()));
        }
    }

    private Optional<Instant> due(Job<?, ?> of, Instant after, Instant now) {
        try {
            return Times.parse(getTimes(), home(), of.getFullName()).last(after, now);
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "The scheduled deployment of " + of.getFullName() + " has no times");
            return Optional.empty();
        }
    }

    private static ZoneId home() {
        return ZoneId.systemDefault();
    }

    private static String shown(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm VV", Locale.ENGLISH)
                .format(time);
    }

    /** Describes the trigger. */
    @Extension
    @Symbol("scheduledDeployment")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJob;
        }

        @Override
        public String getDisplayName() {
            return Messages.ScheduledDeployment_displayName();
        }

        /** Lists the next times, or says what is wrong. */
        @POST
        public FormValidation doCheckTimes(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.READ);
            } else {
                item.checkPermission(Item.EXTENDED_READ);
            }
            String name = item == null ? "" : item.getFullName();
            try {
                Times times = Times.parse(Util.fixNull(value), home(), name);
                if (times.rules().isEmpty()) {
                    return FormValidation.warning(Messages.ScheduledDeployment_none());
                }
                Clock clock = TimeSource.current();
                List<ZonedDateTime> coming = times.coming(clock.instant(), SHOWN);
                return coming.isEmpty()
                        ? FormValidation.warning(Messages.ScheduledDeployment_never())
                        : FormValidation.ok(Messages.ScheduledDeployment_next(
                                coming.stream().map(ScheduledDeployment::shown).collect(Collectors.joining("; "))));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Lists what can become of what was missed. */
        @POST
        public ListBoxModel doFillMissedItems(@AncestorInPath Item item) {
            if (item != null) {
                item.checkPermission(Item.EXTENDED_READ);
            }
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ScheduledDeployment_late(), LATE),
                    new ListBoxModel.Option(Messages.ScheduledDeployment_skip(), SKIP));
        }
    }
}
