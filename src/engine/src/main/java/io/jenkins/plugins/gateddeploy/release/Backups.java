package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where copies of the data were made in a deployment: the last line of the backup task that begins with {@code
 * backup: }, on each target on which that task ended well. Kept with the deployment's events. Safe for use by several
 * threads.
 */
public final class Backups implements LogSink {
    private static final String PRINTED = "backup: ";
    private static final String NOTED = "Backup: ";

    private final String task;
    private final Map<String, String> heard = new ConcurrentHashMap<>();
    private final Map<String, String> made = new ConcurrentSkipListMap<>();

    Backups(Configuration configuration) {
        this.task = configuration.checks().schema().map(DataSchema::backup).orElse("backup");
    }

    /**
     * {@return where copies of the data were made in a deployment, as its backup task printed it, each with the name of
     * the target in parentheses; empty when it made none}
     *
     * @param events of that deployment
     */
    public static List<String> in(List<Event> events) {
        return events.stream()
                .map(Event::message)
                .filter(message -> message.startsWith(NOTED))
                .map(message -> message.substring(NOTED.length()))
                .distinct()
                .toList();
    }

    @Override
    public void line(LogLine line) {
        if (line.text().startsWith(PRINTED)) {
            heard.put(line.target(), line.text().substring(PRINTED.length()).strip());
        }
    }

    /** A task ended well; what was heard until now was its. */
    void ended(Target target, String ended) {
        String location = heard.remove(target.name());
        if (location != null && !location.isEmpty() && ended.equals(task)) {
            made.put(target.name(), location);
        }
    }

    /** {@return the messages of events that nobody has taken yet, one for each copy} */
    List<String> takeNotes() {
        List<String> notes = made.entrySet().stream()
                .map(e -> NOTED + e.getValue() + " (" + e.getKey() + ")")
                .toList();
        made.clear();
        return notes;
    }
}
