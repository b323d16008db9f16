package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is on a target, as it printed it when asked to look around.
 *
 * @param ours whether the lock was taken by the command that printed this
 * @param lock who holds it; empty when nobody does
 * @param clock the target's time, in seconds since the epoch
 * @param current what {@code current} points at; empty when there is no such link
 * @param blocked whether something that is no link is named {@code current}
 * @param releases every release directory and what is known of it
 * @param abouts descriptions by release; only the current one's when only that was asked for
 * @param journal its last lines, oldest first
 * @param entries the last deployments that ended here, oldest first
 * @param manifest digest of the list of files of the current release; empty when there is none
 * @param runs supervised runs whose files are there, by name
 */
record TargetState(
        boolean ours,
        Optional<Lock> lock,
        long clock,
        String current,
        boolean blocked,
        NavigableMap<String, Standing> releases,
        SortedMap<String, About> abouts,
        List<JournalLine> journal,
        List<Entry> entries,
        String manifest,
        SortedMap<String, Run> runs) {

    /**
     * A lock as it was found.
     *
     * @param token names the holder
     * @param age seconds since its last sign of life, by the target's clock
     * @param holder who it is; empty when the lock does not say, as after a crash in the middle of a take-over
     */
    record Lock(String token, long age, Optional<Holder> holder) {

        /**
         * {@return who holds it, and whether anybody does any more, in words}
         *
         * @param lease after which a holder that gives no sign counts as gone
         */
        String words(Duration lease) {
            String who = holder.map(Holder::describe).orElse("token " + token);
            boolean gone = holder.map(Holder::owner)
                    .filter(owner -> owner.host().equals(Processes.host()))
                    .map(owner -> !Processes.isAlive(owner))
                    .orElse(false);
            if (gone) {
                return who + "; that process is gone: whoever deploys next settles what it left, or unlock does";
            }
            return age < lease.toSeconds()
                    ? who
                    : who + "; no sign of life for " + age
                            + " s: whoever deploys next settles what it left, or unlock does";
        }
    }

    /** What is known of a release directory. */
    enum Standing {
        /** It was current once and confirmed. */
        SUCCEEDED,
        /** We made it, and nobody confirmed it. */
        UNPROVEN,
        /** Somebody else made it. */
        FOREIGN
    }

    /** What is known of a supervised run. */
    enum Run {
        ENDED,
        LIVING,
        UNKNOWN
    }

    /** {@return the release that is current, or an empty text} */
    String currentRelease() {
        return current.isEmpty() ? "" : Layout.releaseOf(current);
    }

    /** {@return what is known of the current release} */
    Optional<About> currentAbout() {
        return Optional.ofNullable(abouts.get(currentRelease()));
    }

    /** {@return whether a release is here and was confirmed} */
    boolean hasSucceeded(String release) {
        return releases.get(release) == Standing.SUCCEEDED;
    }

    /** {@return whether a deployment has left its trace here} */
    boolean knows(String deployment) {
        return journal.stream().anyMatch(line -> line.deployment().equals(deployment))
                || entries.stream().anyMatch(entry -> entry.deployment().equals(deployment));
    }

    /** {@return the last deployment that began here and did not end, if the very last one did not} */
    Optional<Attempt> unfinished() {
        for (int i = journal.size() - 1; i >= 0; i--) {
            JournalLine line = journal.get(i);
            if (line.event().equals("end")) {
                return Optional.empty();
            }
            if (line.event().equals("begin") && line.details().size() >= 3) {
                return Optional.of(attempt(line));
            }
        }
        return Optional.empty();
    }

    /** What was current before may have been named by another tool, so there may be spaces in it. */
    private static Attempt attempt(JournalLine begin) {
        List<String> details = begin.details();
        int last = details.size() - 1;
        String previous = String.join(" ", details.subList(1, last));
        return new Attempt(
                begin.deployment(),
                details.get(0),
                previous.equals("-") ? "" : previous,
                details.get(last).equals(DeploymentRecord.Kind.ROLLBACK.name())
                        ? DeploymentRecord.Kind.ROLLBACK
                        : DeploymentRecord.Kind.DEPLOY);
    }

    /**
     * A deployment that began on a target.
     *
     * @param deployment its id
     * @param release what it was to make current
     * @param previous what {@code current} pointed at before; empty for nothing
     * @param kind whether the release was new
     */
    record Attempt(String deployment, String release, String previous, DeploymentRecord.Kind kind) {}

    /** {@return the state that a {@code look} printed; lines of a kind that nobody knows are passed over} */
    static TargetState parse(String printed) {
        Reading reading = new Reading();
        printed.lines().forEach(reading::line);
        return reading.state();
    }

    /** A line that was cut off by a crash, or that a later version wrote, counts as not there. */
    private static <T> Optional<T> json(String text, Class<T> type) {
        try {
            return Optional.of(CanonicalJson.read(text, type));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Collects facts line by line. */
    private static final class Reading {
        private boolean ours;
        private String token = "";
        private long age;
        private Optional<Holder> holder = Optional.empty();
        private long clock;
        private String current = "";
        private boolean blocked;
        private String manifest = "";
        private final NavigableMap<String, Standing> releases = new TreeMap<>();
        private final SortedMap<String, About> abouts = new TreeMap<>();
        private final List<JournalLine> journal = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private final SortedMap<String, Run> runs = new TreeMap<>();

        /** As tail(1) writes it in front of each of several files. */
        private static final Pattern HEADER = Pattern.compile("==> ([^/]+)(?:/.*)? <==");

        /** The file that lines come from, or its directory; empty as long as they are facts. */
        private String file = "";

        void line(String line) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                file = header.group(1);
            } else if (!file.isEmpty()) {
                lineOfFile(line);
            } else if (line.indexOf(' ') > 0) {
                int space = line.indexOf(' ');
                fact(line.substring(0, space), line.substring(space + 1));
            }
        }

        private void lineOfFile(String line) {
            switch (file) {
                case "lock" -> json(line, Holder.class).ifPresent(h -> holder = Optional.of(h));
                case "about" -> json(line, About.class).ifPresent(a -> abouts.put(a.release(), a));
                case "journal" -> JournalLine.parse(line).ifPresent(journal::add);
                case "releases.jsonl" -> json(line, Entry.class).ifPresent(entries::add);
                default -> {
                    // A later version of the scripts may show more.
                }
            }
        }

        private void fact(String kind, String rest) {
            switch (kind) {
                case "lock" -> ours = rest.equals("ours");
                case "clock" -> clock = Long.parseLong(rest);
                case "current" -> current = rest;
                case "blocked" -> blocked = true;
                case "token" -> token(rest.split(" "));
                case "release" -> release(rest.split(" "));
                case "manifest" -> manifest = rest;
                case "run" -> run(rest.split(" "));
                default -> {
                    // A later version of the scripts may say more.
                }
            }
        }

        private void token(String[] words) {
            token = words[0];
            age = Long.parseLong(words[1]);
        }

        private void release(String[] words) {
            releases.put(
                    words[0],
                    switch (words[1]) {
                        case "succeeded" -> Standing.SUCCEEDED;
                        case "unproven" -> Standing.UNPROVEN;
                        default -> Standing.FOREIGN;
                    });
        }

        private void run(String[] words) {
            runs.put(
                    words[0],
                    switch (words[1]) {
                        case "ended" -> Run.ENDED;
                        case "living" -> Run.LIVING;
                        default -> Run.UNKNOWN;
                    });
        }

        TargetState state() {
            return new TargetState(
                    ours,
                    token.isEmpty() ? Optional.empty() : Optional.of(new Lock(token, age, holder)),
                    clock,
                    current,
                    blocked,
                    Collections.unmodifiableNavigableMap(releases),
                    Collections.unmodifiableSortedMap(abouts),
                    List.copyOf(journal),
                    List.copyOf(entries),
                    manifest,
                    Collections.unmodifiableSortedMap(runs));
        }
    }
}
