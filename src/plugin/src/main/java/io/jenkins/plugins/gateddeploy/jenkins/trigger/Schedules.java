package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.PeriodicWork;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/**
 * Looks every few seconds which schedules are due, and writes down until when it has looked, so that the next start of
 * Jenkins knows what was missed.
 */
@Extension
public final class Schedules extends PeriodicWork {
    private static final Duration PERIOD = Duration.ofSeconds(20);

    /** What was missed before that is forgotten. */
    private static final Duration MOST_MISSED = Duration.ofDays(31);

    /** By more than this, somebody has set the machine's clock back. */
    private static final Duration JITTER = Duration.ofMinutes(10);

    private Instant running;
    private Instant looked;

    /** {@return the one of this Jenkins} */
    static Schedules get() {
        return ExtensionList.lookupSingleton(Schedules.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    protected void doRun() {
        look();
    }

    /** Starts every job that is due. */
    synchronized void look() {
        Instant now = TimeSource.current().instant();
        if (running == null) {
            running = now;
            looked = before().orElse(now);
        }
        Instant from = looked.isAfter(now.plus(JITTER)) ? now : looked;
        Instant since = from.isBefore(now.minus(MOST_MISSED)) ? now.minus(MOST_MISSED) : from;
        Instant until = since.isBefore(now) ? now : since;
        // First this, so that a job that has been started is not started again when Jenkins is killed now.
        write(until);
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                ScheduledDeployment schedule = ParameterizedJobMixIn.getTrigger(job, ScheduledDeployment.class);
                if (schedule != null) {
                    schedule.look(since, running, now);
                }
            }
        }
        looked = until;
    }

    private static Optional<Instant> before() {
        try {
            return Optional.of(Instant.parse(
                    Files.readString(JenkinsHost.get().scheduled()).strip()));
        } catch (NoSuchFileException | DateTimeParseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Instant now) {
        Path file = JenkinsHost.get().scheduled();
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(beside, now.toString());
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write down in " + file + " until when schedules were looked at", e);
        }
    }
}
