package io.jenkins.plugins.gateddeploy.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The deliveries of the last weeks, so that none is taken twice, also after a restart. They are in a file of which each
 * line is a time and a mark; what is damaged in it is passed over. Safe for several threads of one process.
 */
public final class Seen {
    private final Path file;
    private final Clock clock;
    private final Duration remembered;
    private final int most;
    private final Map<String, Instant> marks = new LinkedHashMap<>();
    private int lines;
    private boolean read;

    /**
     * A memory.
     *
     * @param file where it is kept; made when it is first needed
     * @param remembered how long each is remembered
     * @param most how many marks are remembered; beyond that the oldest are forgotten
     */
    public Seen(Path file, Clock clock, Duration remembered, int most) {
        this.file = file;
        this.clock = clock;
        this.remembered = remembered;
        this.most = most;
    }

    /**
     * {@return whether none of some marks has been there before; from now on all of them have}
     *
     * @throws UncheckedIOException when that cannot be written down
     */
    public synchronized boolean isNew(List<String> some) {
        try {
            if (!read) {
                readFile();
            }
            Instant now = clock.instant();
            forget(now);
            if (some.stream().anyMatch(marks::containsKey)) {
                return false;
            }
            StringBuilder added = new StringBuilder();
            for (String mark : some) {
                added.append(line(now, mark));
            }
            Files.writeString(
                    file, added, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            some.forEach(mark -> marks.put(mark, now));
            lines += some.size();
            if (lines > 2 * most) {
                writeAnew();
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("The deliveries of webhooks cannot be written down in " + file, e);
        }
    }

    /** Takes some marks back, of a delivery with which nothing could be done: it may come again. */
    public synchronized void forget(List<String> some) {
        if (marks.keySet().removeAll(some)) {
            try {
                writeAnew();
            } catch (IOException e) {
                throw new UncheckedIOException("The deliveries of webhooks cannot be written down in " + file, e);
            }
        }
    }

    private void forget(Instant now) {
        Instant since = now.minus(remembered);
        // In the order in which they came.
        marks.values().removeIf(time -> time.isBefore(since));
        while (marks.size() > most) {
            marks.remove(marks.keySet().iterator().next());
        }
    }

    private void readFile() throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                int space = line.indexOf(' ');
                if (space > 0 && line.substring(0, space).matches("[0-9]{1,11}")) {
                    marks.put(
                            line.substring(space + 1), Instant.ofEpochSecond(Long.parseLong(line.substring(0, space))));
                }
                lines++;
            }
            if (!text.isEmpty() && !text.endsWith("\n")) {
                // What was being written when the machine died. The next mark must not become a part of it.
                writeAnew();
            }
        } catch (NoSuchFileException e) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        read = true;
    }

    private void writeAnew() throws IOException {
        StringBuilder all = new StringBuilder();
        marks.forEach((mark, time) -> all.append(line(time, mark)));
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, all);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = marks.size();
    }

    private static String line(Instant time, String mark) {
        return time.getEpochSecond() + " " + mark + "\n";
    }
}
