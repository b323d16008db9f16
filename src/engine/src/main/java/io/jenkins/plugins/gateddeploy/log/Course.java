package io.jenkins.plugins.gateddeploy.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a deployment has come: its phases until now, and what each target is doing. Lies in a file beside the log, so
 * that every process that reads the log can read it too, while the deployment runs and ever after.
 *
 * @param phases in the order in which they began
 * @param targets in the order in which they were first named
 */
public record Course(List<Phase> phases, List<OnTarget> targets) {
    public Course {
        phases = List.copyOf(phases);
        targets = List.copyOf(targets);
    }

    /**
     * A phase, which lasts until the next one begins.
     *
     * @param name as the engine calls it
     * @param begun when
     * @param logged how many bytes the log had then: its lines are those from there on
     */
    public record Phase(String name, Instant begun, long logged) {}

    /**
     * What a target is doing.
     *
     * @param target its name
     * @param doing a few words; the phase where nothing more is known
     * @param since when that began
     * @param failed whether it has gone wrong
     */
    public record OnTarget(String target, String doing, Instant since, boolean failed) {}

    /** {@return the file of a deployment by that of its log} */
    public static Path beside(Path log) {
        String name = String.valueOf(log.getFileName());
        return log.resolveSibling((name.endsWith(".log") ? name.substring(0, name.length() - 4) : name) + ".course");
    }

    /**
     * {@return how far the deployment with that log has come; nothing when that was not written down} What is not
     * understood, as the last line while it is being written, is passed over.
     *
     * @throws IOException when it cannot be read
     */
    public static Course of(Path log) throws IOException {
        List<Phase> phases = new ArrayList<>();
        Map<String, OnTarget> targets = new LinkedHashMap<>();
        try {
            byte[] bytes = Files.readAllBytes(beside(log));
            for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
                take(line.split("\t", -1), phases, targets);
            }
        } catch (NoSuchFileException e) {
            return new Course(List.of(), List.of());
        }
        return new Course(phases, List.copyOf(targets.values()));
    }

    private static void take(String[] words, List<Phase> phases, Map<String, OnTarget> targets) {
        if (words.length < 4) {
            return;
        }
        try {
            Instant time = Instant.parse(words[0]);
            if (words[1].equals(CourseFile.PHASE)) {
                phases.add(new Phase(words[3], time, Long.parseLong(words[2])));
                for (int i = 4; i < words.length; i++) {
                    targets.put(words[i], new OnTarget(words[i], words[3], time, false));
                }
            } else {
                targets.put(words[2], new OnTarget(words[2], words[3], time, words[1].equals(CourseFile.FAILED)));
            }
        } catch (DateTimeException | NumberFormatException e) {
            // a line that is not whole yet
            assert e != null;
        }
    }
}
