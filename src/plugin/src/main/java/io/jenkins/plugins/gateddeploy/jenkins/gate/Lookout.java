package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Who wants to know when deployments or gates change, whichever those are. Looks at the history's stamp each second, and
 * only while there is somebody; one who waits costs an entry here and holds no thread. Filled anew after each start.
 */
@Extension
public final class Lookout {
    private static final Logger LOGGER = Logger.getLogger(Lookout.class.getName());
    /** Also when nothing changes, so that one that could not look is not forgotten. */
    private static final int AT_LEAST_EACH = 15;

    private final Map<String, Runnable> watching = new ConcurrentHashMap<>();
    private Future<?> glances;
    private long seen;
    private int quiet;

    /** {@return that of this controller} */
    public static Lookout get() {
        return ExtensionList.lookupSingleton(Lookout.class);
    }

    /**
     * Looks now, and whenever something has changed, until {@link #forget}.
     *
     * @param name of who wants to know, unique
     * @param look called as {@link JenkinsHost#soon} says, perhaps on several threads at once
     */
    public void watch(String name, Runnable look) {
        watching.put(name, look);
        soon(look);
        synchronized (this) {
            if (glances == null) {
                JenkinsHost host = JenkinsHost.get();
                glances = Timer.get().scheduleWithFixedDelay(() -> glance(host), 1, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** Looks no more. */
    public void forget(String name) {
        watching.remove(name);
    }

    private synchronized void glance(JenkinsHost host) {
        if (watching.isEmpty() || host.isEnding()) {
            glances.cancel(false);
            glances = null;
            return;
        }
        try {
            long now = host.history().stamp();
            quiet++;
            if (now != seen || quiet >= AT_LEAST_EACH) {
                seen = now;
                quiet = 0;
                watching.values().forEach(Lookout::soon);
            }
        } catch (HistoryException e) {
            LOGGER.log(Level.WARNING, "Looking whether deployments have changed; it is tried again", e);
        }
    }

    private static void soon(Runnable look) {
        JenkinsHost.get().soon(() -> {
            try {
                look.run();
            } catch (HistoryException e) {
                LOGGER.log(Level.WARNING, "Looking what has changed; it is tried again", e);
            }
        });
    }
}
