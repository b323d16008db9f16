package io.jenkins.plugins.gateddeploy.jenkins.lane;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.util.Timer;

/**
 * Who hears that it is their turn. Filled by what waits, anew after each start of Jenkins: the lanes themselves are in
 * the history, so nothing is lost when this is. One who waits costs an entry here and holds no thread.
 */
@Extension
public final class Turns {
    private static final Logger LOGGER = Logger.getLogger(Turns.class.getName());

    private final Map<String, Waiter> waiting = new ConcurrentHashMap<>();
    private final Set<Lane> changed = ConcurrentHashMap.newKeySet();
    private final Map<Lane, Instant> alarms = new ConcurrentHashMap<>();

    /** What is done when it is their turn, and what when they are in the lane no longer. */
    private record Waiter(Lane lane, Runnable turn, Runnable gone) {}

    /** {@return those of this controller} */
    public static Turns get() {
        return ExtensionList.lookupSingleton(Turns.class);
    }

    /** Listens to the history, before any build goes on. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public static void begin() {
        JenkinsHost.get().onLaneChange(get()::heard);
    }

    /**
     * Waits for the turn of an entry; also of one that got it long ago.
     *
     * @param turn called once, as {@link JenkinsHost#soon} says, when the entry has its turn
     * @param gone called once instead, in the same way, when somebody has taken the entry out
     */
    public void await(Entry entry, Runnable turn, Runnable gone) {
        waiting.put(entry.id(), new Waiter(entry.lane(), turn, gone));
        // Only now, so that what happens from here on is heard and what happened before is seen.
        heard(entry.lane());
    }

    /** Stops waiting. */
    public void forget(String entry) {
        waiting.remove(entry);
    }

    /** Looks at every lane in which somebody waits here, in case that something was not heard. */
    void lookEverywhere() {
        waiting.values().stream().map(Waiter::lane).distinct().forEach(this::heard);
    }

    private void heard(Lane lane) {
        boolean concerned = waiting.values().stream().anyMatch(w -> w.lane().equals(lane));
        if (concerned && changed.add(lane)) {
            JenkinsHost.get().soon(() -> {
                changed.remove(lane);
                look(lane);
            });
        }
    }

    private void look(Lane lane) {
        try {
            Lanes lanes = JenkinsHost.get().history().lanes();
            Instant now = Instant.now();
            Queue queue = lanes.queue(lane);
            for (String id : ids(lane)) {
                Optional<Entry> entry = queue.find(id);
                if (entry.filter(Entry::hasTurn).isPresent()) {
                    tell(id, Waiter::turn);
                } else if (entry.filter(e -> !e.isOverdue(now)).isEmpty()) {
                    entry.ifPresent(overdue -> lanes.expire(id, now));
                    tell(id, Waiter::gone);
                }
            }
            Optional<Entry> next = queue.next(now).filter(e -> waiting.containsKey(e.id()));
            if (next.isPresent() && lanes.take(next.get().id(), now)) {
                tell(next.get().id(), Waiter::turn);
            }
            alarm(lane, queue, now);
        } catch (HistoryException e) {
            LOGGER.log(Level.WARNING, e, () -> "Looking at " + lane.words() + "; it is tried again");
        }
    }

    private List<String> ids(Lane lane) {
        return waiting.entrySet().stream()
                .filter(w -> w.getValue().lane().equals(lane))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private interface Part {
        Runnable of(Waiter waiter);
    }

    private void tell(String id, Part part) {
        Waiter waiter = waiting.remove(id);
        if (waiter != null) {
            JenkinsHost.get().soon(part.of(waiter));
        }
    }

    /** A lane is looked at again when the next of those that wait may begin, or waits no longer. */
    private void alarm(Lane lane, Queue queue, Instant now) {
        Optional<Instant> next = queue.waiting().stream()
                .filter(e -> waiting.containsKey(e.id()))
                .flatMap(e -> Stream.of(e.bounds().notBefore(), e.bounds().until()))
                .flatMap(Optional::stream)
                .filter(time -> time.isAfter(now))
                .min(Instant::compareTo);
        if (next.isPresent() && !next.get().equals(alarms.put(lane, next.get()))) {
            // A millisecond more, so that the time is over for sure.
            long delay = Duration.between(now, next.get()).toMillis() + 1;
            Timer.get()
                    .schedule(
                            () -> {
                                alarms.remove(lane, next.get());
                                heard(lane);
                            },
                            delay,
                            TimeUnit.MILLISECONDS);
        }
    }
}
