package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.PeriodicWork;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/**
 * Looks every few seconds which schedules are due, and writes down until when it has looked, so that the next start of
 * Jenkins knows what was missed.
 */
@Extension
public final class Schedules extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(Schedules.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(20);

    /** What was missed before that is forgotten. */
    private static final Duration MOST_MISSED = Duration.ofDays(31);

    /** By more than this, somebody has set the machine's clock back. */
    private static final Duration JITTER = Duration.ofMinutes(10);

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private Instant running;
    private Instant looked;

    /** Since when a job has certain times. */
    private record Known(String times, Instant since) {}

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
            looked = before().orElse(now);
            running = now;
        }
        Instant from = looked.isAfter(now.plus(JITTER)) ? now : looked;
        Instant since = from.isBefore(now.minus(MOST_MISSED)) ? now.minus(MOST_MISSED) : from;
        Instant until = since.isBefore(now) ? now : since;
        // First this, so that a job that has been started is not started again when Jenkins is killed now, or when
        // something is wrong with another.
        write(until);
        looked = until;
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                ScheduledDeployment schedule = ParameterizedJobMixIn.getTrigger(job, ScheduledDeployment.class);
                if (schedule != null) {
                    look(job, schedule, since, now);
                }
            }
        }
    }

    private void look(Job<?, ?> job, ScheduledDeployment schedule, Instant since, Instant now) {
        try {
            schedule.look(since, running, now);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The scheduled deployment of " + job.getFullName()
                            + " cannot be started; its next time is the next try");
        }
    }

    /**
     * {@return since when a job has its times} Whoever saves a job makes its triggers anew; what was due a moment before
     * is still due.
     */
    Instant since(Job<?, ?> job, String times, Instant now) {
        return known.merge(
                        job.getFullName(),
                        new Known(times, now),
                        (before, fresh) -> before.times.equals(times) ? before : fresh)
                .since;
    }

    private static Optional<Instant> before() {
        try {
            return Optional.of(Instant.parse(
                    Files.readString(JenkinsHost.get().scheduled()).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeParseException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Cannot read in " + JenkinsHost.get().scheduled()
                            + " until when schedules were looked at; what was missed since is not made up for");
            return Optional.empty();
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
