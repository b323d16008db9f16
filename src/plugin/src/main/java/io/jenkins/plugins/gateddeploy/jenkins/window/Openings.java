package io.jenkins.plugins.gateddeploy.jenkins.window;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Who goes on when an environment opens. Filled by those that wait, anew after each start of Jenkins. One who waits costs
 * an entry here and holds no thread.
 */
@Extension
public final class Openings {
    /** The clock of the machine may be set meanwhile, and registrations changed while nobody listened. */
    private static final Duration LOOK = Duration.ofHours(1);

    private final Map<String, Waiter> waiting = new ConcurrentHashMap<>();

    /** Until when, and what is done then. */
    private record Waiter(Instant opens, Runnable then) {}

    /** {@return those of this controller} */
    public static Openings get() {
        return ExtensionList.lookupSingleton(Openings.class);
    }

    /**
     * Waits for a time, or for the registrations to be changed, which may open the environment earlier.
     *
     * @param deployment id of what waits
     * @param then told once, as {@link JenkinsHost#soon} says; has to look whether it is open
     */
    public void await(String deployment, Instant opens, Runnable then) {
        Waiter waiter = new Waiter(opens, then);
        waiting.put(deployment, waiter);
        look(deployment, waiter);
    }

    /** Stops waiting. */
    public void forget(String deployment) {
        waiting.remove(deployment);
    }

    private void look(String deployment, Waiter waiter) {
        Duration left = Duration.between(Instant.now(), waiter.opens);
        if (left.isNegative() || left.isZero()) {
            tell(deployment, waiter);
            return;
        }
        long millis = Math.min(left.toMillis() + 1, LOOK.toMillis());
        Timer.get()
                .schedule(
                        () -> {
                            if (waiting.get(deployment) == waiter) {
                                tell(deployment, waiter);
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void tell(String deployment, Waiter waiter) {
        if (!waiting.remove(deployment, waiter)) {
            return;
        }
        JenkinsHost.get().soon(waiter.then);
    }

    private void tellAll() {
        List.copyOf(waiting.entrySet()).forEach(entry -> tell(entry.getKey(), entry.getValue()));
    }

    /** A freeze may have been lifted. */
    @Extension
    public static final class Changes extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (Registrations.areIn(saved)) {
                ExtensionList.lookup(Openings.class).forEach(Openings::tellAll);
            }
        }
    }
}
