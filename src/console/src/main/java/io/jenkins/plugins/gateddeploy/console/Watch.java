package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.Topic.Seen;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.log.Course;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One topic, however many look at it, and what was last seen of it. Used by one thread. */
final class Watch {
    /** How often a log is looked at once more after its deployment has ended: its last lines come a moment later. */
    private static final int LOOKS_AFTER_THE_END = 12;

    private final Topic topic;
    private final History history;
    private final LogIndexes logs;
    private Map<String, Seen> seen;
    private final Map<String, Growth> growing = new HashMap<>();

    /** A log that may grow. */
    private static final class Growth {
        private final DeploymentRecord record;
        private int lines = -1;
        private long course = -1;
        private int looksLeft = LOOKS_AFTER_THE_END;

        Growth(DeploymentRecord record) {
            this.record = record;
        }
    }

    Watch(Topic topic, History history, LogIndexes logs) {
        this.topic = topic;
        this.history = history;
        this.logs = logs;
        this.seen = topic.look(history);
        notice();
    }

    /** {@return what is there now, by id} */
    Map<String, Seen> seen() {
        return Map.copyOf(seen);
    }

    /** {@return what has changed in the history since this was asked last, by id} */
    Map<String, Seen> changes() {
        Map<String, Seen> before = seen;
        seen = topic.look(history);
        notice();
        Map<String, Seen> changed = new LinkedHashMap<>();
        Set<String> all = new HashSet<>(before.keySet());
        all.addAll(seen.keySet());
        for (String id : all) {
            if (!Objects.equals(before.get(id), seen.get(id))) {
                changed.put(id, seen.getOrDefault(id, before.get(id)));
            }
        }
        return changed;
    }

    /** Logs are followed on pages of single deployments only; what was asked for by one build is as little. */
    private void notice() {
        boolean isDetailed = !topic.deployments().isEmpty()
                || topic.job().map(job -> job.build() > 0).orElse(false);
        seen.forEach((id, what) -> {
            if (isDetailed && what.value() instanceof DeploymentRecord record) {
                Growth known = growing.get(id);
                if (!record.state().isFinal() && known == null) {
                    growing.put(id, new Growth(record));
                }
            }
        });
        growing.keySet().retainAll(seen.keySet());
    }

    /**
     * News of a log.
     *
     * @param deployment whose
     * @param lines how many it has; -1 when it is not longer than before
     * @param course whether how far the deployment has come has changed
     */
    record Grown(String deployment, int lines, boolean course) {}

    /** {@return the logs that have grown since this was asked last} */
    Set<Grown> grown() {
        Set<Grown> grown = new HashSet<>();
        Set<String> over = new HashSet<>();
        growing.forEach((id, growth) -> {
            Path log = path(id, growth);
            int lines = lines(log);
            long course = size(Course.beside(log));
            if (lines != growth.lines || course != growth.course) {
                grown.add(new Grown(id, lines != growth.lines ? lines : -1, course != growth.course));
                growth.lines = lines;
                growth.course = course;
            }
            if (isFinal(id) && growth.looksLeft-- <= 0) {
                over.add(id);
            }
        });
        growing.keySet().removeAll(over);
        return grown;
    }

    private boolean isFinal(String id) {
        return seen.get(id).value() instanceof DeploymentRecord record
                && record.state().isFinal();
    }

    private Path path(String id, Growth growth) {
        return seen.get(id).value() instanceof DeploymentRecord record ? record.log() : growth.record.log();
    }

    private int lines(Path log) {
        try {
            return logs.of(log).extent(false).lines();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
