package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Who hears that a gate has closed. Filled by the steps that wait, anew after each start of Jenkins: the gates
 * themselves are in the history, so nothing is lost when this is. One who waits costs an entry here and holds no thread.
 */
@Extension
public final class Waiters {
    private static final Logger LOGGER = Logger.getLogger(Waiters.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Map<String, Waiter> waiting = new ConcurrentHashMap<>();

    /** What is done at each decision, and what at the end. */
    private record Waiter(Consumer<Gate> changed, Consumer<Gate> closed) {}

    /** {@return those of this controller} */
    public static Waiters get() {
        return ExtensionList.lookupSingleton(Waiters.class);
    }

    /**
     * Waits for a gate to close; by a decision, by its deadline, or because it did long ago.
     *
     * @param then told once, as {@link JenkinsHost#soon} says, with the closed gate
     */
    public void await(String gate, Consumer<Gate> then) {
        await(gate, open -> {}, then);
    }

    /**
     * Waits for a gate to close, and hears of each decision until then.
     *
     * @param changed told as {@link JenkinsHost#soon} says after each decision that leaves the gate open, and at once
     *     when it is; not always in order
     * @param then told once, as {@link JenkinsHost#soon} says, with the closed gate
     */
    public void await(String gate, Consumer<Gate> changed, Consumer<Gate> then) {
        waiting.put(gate, new Waiter(changed, then));
        // Only now, so that what happens from here on is heard and what happened before is seen.
        look(gate);
    }

    /** Stops waiting. */
    public void forget(String gate) {
        waiting.remove(gate);
    }

    /** Says how a gate stands now. */
    public void tell(Gate gate) {
        boolean open = gate.standing(Instant.now()) == Standing.OPEN;
        Waiter waiter = open ? waiting.get(gate.id()) : waiting.remove(gate.id());
        if (waiter != null) {
            Consumer<Gate> then = open ? waiter.changed : waiter.closed;
            JenkinsHost.get().soon(() -> then.accept(gate));
        }
    }

    private void look(String gate) {
        JenkinsHost.get().soon(() -> {
            try {
                Gate now = JenkinsHost.get().history().gates().expire(gate, Instant.now());
                tell(now);
                alarm(gate, Duration.between(Instant.now(), now.deadline()));
            } catch (GateException | HistoryException e) {
                LOGGER.log(Level.WARNING, e, () -> "Looking at the gate " + gate + "; it is tried again");
                alarm(gate, AGAIN);
            }
        });
    }

    private void alarm(String gate, Duration after) {
        if (waiting.containsKey(gate)) {
            // A millisecond more, as the deadline itself is the first moment at which it is over.
            Timer.get()
                    .schedule(
                            () -> {
                                if (waiting.containsKey(gate)) {
                                    look(gate);
                                }
                            },
                            Math.max(0, after.toMillis()) + 1,
                            TimeUnit.MILLISECONDS);
        }
    }
}
