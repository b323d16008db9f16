package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.ParametersAction;
import hudson.model.Project;
import hudson.model.Queue;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.TimeSource;
import io.jenkins.plugins.gateddeploy.jenkins.order.Outlook;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which items of the queue would find their environment closed. The queue asks often and under its lock, so what it sees
 * is in memory, and what it takes to know is read by other threads.
 */
@Extension
public final class Doors {
    private static final Logger LOGGER = Logger.getLogger(Doors.class.getName());

    /** A commit may open what the one before it closed, and nothing tells of it here. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Map<Long, Seen> known = new ConcurrentHashMap<>();
    private final Set<Long> asked = ConcurrentHashMap.newKeySet();

    /**
     * What was seen of an item's environments.
     *
     * @param shut the first that is closed
     * @param at when it was looked at
     */
    private record Seen(Optional<Shut> shut, Instant at) {
        boolean isFresh(Instant now) {
            boolean opened = shut.flatMap(s -> s.closed().opens())
                    .filter(opens -> !opens.isAfter(now))
                    .isPresent();
            return !opened && Duration.between(at, now).abs().compareTo(FRESH) < 0;
        }
    }

    /** An environment that is closed. */
    record Shut(String environment, Closed closed) {}

    /**
     * How an item stands.
     *
     * @param isKnown whether anything is known yet
     * @param shut what it waits for
     */
    record Standing(boolean isKnown, Optional<Shut> shut) {}

    /** {@return the one of this Jenkins} */
    static Doors get() {
        return ExtensionList.lookupSingleton(Doors.class);
    }

    /** {@return how an item stands, as it was last seen; it is looked at again when that is old} */
    Standing known(Queue.Item item, Project<?, ?> job) {
        List<Outlook> outlooks = outlooks(item, job);
        if (outlooks.isEmpty()) {
            return new Standing(true, Optional.empty());
        }
        long id = item.getId();
        Seen seen = known.get(id);
        if ((seen == null || !seen.isFresh(TimeSource.current().instant())) && asked.add(id)) {
            JenkinsHost.get().whenFree(() -> look(id, outlooks));
        }
        return seen == null ? new Standing(false, Optional.empty()) : new Standing(true, seen.shut());
    }

    /** Everything about the item is read here, under the queue's lock. */
    private static List<Outlook> outlooks(Queue.Item item, Project<?, ?> job) {
        EnvVars variables = new EnvVars();
        item.getActions(ParametersAction.class).stream()
                .flatMap(action -> action.getParameters().stream())
                .filter(parameter -> parameter.getValue() != null)
                .forEach(parameter -> variables.put(parameter.getName(), String.valueOf(parameter.getValue())));
        return job.getBuildersList().getAll(DeployBuilder.class).stream()
                .flatMap(builder -> builder.outlook(job, variables::expand).stream())
                .toList();
    }

    private void look(long item, List<Outlook> outlooks) {
        Instant now = TimeSource.current().instant();
        Seen seen = new Seen(Optional.empty(), now);
        try {
            seen = new Seen(shut(outlooks, now), now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Cannot tell whether an environment is open; the build finds out", e);
        } finally {
            if (asked.contains(item)) {
                known.put(item, seen);
            }
            if (!asked.remove(item)) {
                known.remove(item);
            }
            Queue.getInstance().scheduleMaintenance();
        }
    }

    private static Optional<Shut> shut(List<Outlook> outlooks, Instant now) throws InterruptedException {
        for (Outlook outlook : outlooks) {
            Optional<Closed> closed = outlook.closed(now);
            if (closed.isPresent()) {
                return Optional.of(new Shut(outlook.environment(), closed.get()));
            }
        }
        return Optional.empty();
    }

    private void left(long item) {
        // Whoever is just looking finds out by this.
        asked.remove(item);
        known.remove(item);
    }

    private void lookAgain() {
        known.replaceAll((item, seen) -> new Seen(seen.shut(), Instant.EPOCH));
        Queue.getInstance().scheduleMaintenance();
    }

    /** Lets go of an item that is no longer in the queue. */
    @Extension
    public static final class Leaving extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            get().left(item.getId());
        }
    }

    /** A freeze may have been lifted. */
    @Extension
    public static final class Changes extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (Registrations.areIn(saved)) {
                ExtensionList.lookup(Doors.class).forEach(Doors::lookAgain);
            }
        }
    }
}
