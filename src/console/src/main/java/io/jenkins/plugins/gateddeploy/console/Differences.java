package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.DifferenceDocument;
import io.jenkins.plugins.gateddeploy.console.document.DifferenceDocument.State;
import io.jenkins.plugins.gateddeploy.plan.Difference;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How versions differ, looked up in the background. Two commits always differ alike, so what is known stays known. */
final class Differences {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    /** Until then nobody asks again for what could not be known. */
    private static final Duration GIVEN_UP_FOR = Duration.ofMinutes(5);
    /** So that memory stays bounded; ten releases are shown of a place. */
    private static final int MOST = 500;

    private final ConsoleHost host;
    private final Clock clock;
    private final Background workers;

    @SuppressWarnings("serial") // never written anywhere
    private final Map<Pair, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Pair(Place place, String current, String other) {}

    private record Entry(DifferenceDocument document, Instant at) {}

    Differences(ConsoleHost host, Clock clock, Background workers) {
        this.host = host;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * {@return what is known now; somebody begins to look when that is nothing}
     *
     * @param current commit of what is current
     * @param other commit of another version
     */
    DifferenceDocument between(Place place, String current, String other) {
        if (!COMMIT.matcher(current).matches() || !COMMIT.matcher(other).matches()) {
            return DifferenceDocument.unknown("");
        }
        Pair pair = new Pair(place, current, other);
        synchronized (entries) {
            Entry entry = entries.get(pair);
            if (entry == null || isOver(entry)) {
                entry = new Entry(DifferenceDocument.looking(), clock.instant());
                entries.put(pair, entry);
                workers.execute(() -> look(pair));
            }
            return entry.document;
        }
    }

    private boolean isOver(Entry entry) {
        return entry.document.state() == State.UNKNOWN
                && entry.at.plus(GIVEN_UP_FOR).isBefore(clock.instant());
    }

    private void look(Pair pair) {
        DifferenceDocument found;
        try {
            found = find(pair);
        } catch (ProblemException e) {
            found = DifferenceDocument.unknown(e.problems().get(0).message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            found = DifferenceDocument.unknown("The host is stopping.");
        } catch (RuntimeException e) {
            found = DifferenceDocument.unknown(
                    ProblemReport.outOfOrder("The repository cannot be read", e).detail());
        }
        synchronized (entries) {
            entries.put(pair, new Entry(found, clock.instant()));
        }
    }

    private DifferenceDocument find(Pair pair) throws ProblemException, InterruptedException {
        Optional<GitSource> git = host.git(pair.place);
        if (git.isEmpty()) {
            return DifferenceDocument.unknown("No git repository is known here.");
        }
        return Difference.between(git.get(), pair.current, pair.other)
                .map(DifferenceDocument::of)
                .orElseGet(() -> DifferenceDocument.unknown("The git repository does not have both commits any more."));
    }
}
