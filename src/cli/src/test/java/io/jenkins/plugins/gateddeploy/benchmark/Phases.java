package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each phase of a deployment took, from what the engine tells a display. */
final class Phases implements Progress {
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private String running;
    private long since;

    /** A deployment begins now. */
    synchronized void begin() {
        running = "before the lock (configuration, commit, record)";
        since = System.nanoTime();
    }

    /** It is over. */
    synchronized void end() {
        next(null);
    }

    @Override
    public synchronized void phase(String name, List<Target> targets) {
        next(name);
    }

    @Override
    public void target(Target target, String doing) {
        // Phases are enough to see where time goes.
    }

    private void next(String name) {
        if (running != null) {
            seconds.computeIfAbsent(running, n -> new ArrayList<>()).add((System.nanoTime() - since) / 1e9);
        }
        running = name;
        since = System.nanoTime();
    }

    /** Forgets what was measured, such as a warm-up. */
    synchronized void clear() {
        seconds.clear();
    }

    /** {@return the median of each phase in milliseconds, in the order of a deployment} */
    synchronized String describe() {
        StringBuilder text = new StringBuilder();
        seconds.forEach((name, times) -> text.append(text.length() == 0 ? "" : ", ")
                .append(name)
                .append(' ')
                .append(Math.round(Times.median(times) * 1000))
                .append(" ms"));
        return text.toString();
    }
}
