package io.jenkins.plugins.gateddeploy.log;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The indexes of the logs that people look at; those nobody has looked at for longest are forgotten and made anew. */
public final class LogIndexes {
    private static final int MOST = 64;

    private final Map<Path, LogIndex> indexes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, LogIndex> eldest) {
            return size() > MOST;
        }
    };

    /** {@return that of a log, which need not be there yet} */
    public synchronized LogIndex of(Path log) {
        return indexes.computeIfAbsent(log, LogIndex::new);
    }
}
