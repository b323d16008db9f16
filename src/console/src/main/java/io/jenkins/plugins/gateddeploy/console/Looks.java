package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is on the targets, looked up in the background and known for a short time, so that no slow server holds a page. */
final class Looks {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    private final ConsoleHost host;
    private final Clock clock;
    private final Background workers;
    private final Map<Place, Entry> entries = new HashMap<>();

    /** The last look, and whether another is under way. */
    private record Entry(Look look, boolean looking) {}

    /**
     * What one look gave.
     *
     * @param at when it was done; empty before the first
     * @param environment what is there; empty when it is not known
     * @param document how it stands
     */
    record Look(Optional<Instant> at, Optional<Environment> environment, RollbacksDocument.Look document) {
        static Look none(RollbacksDocument.Look.State state) {
            return new Look(
                    Optional.empty(),
                    Optional.empty(),
                    new RollbacksDocument.Look(state, null, "", List.of(), List.of()));
        }

        static Look done(Environment environment, Instant at) {
            List<String> unseen = environment.targets().stream()
                    .filter(target -> !target.failure().isEmpty())
                    .map(target -> target.target() + ": " + target.failure())
                    .toList();
            List<String> targets = environment.targets().stream()
                    .map(Environment.OnTarget::target)
                    .toList();
            return new Look(
                    Optional.of(at),
                    Optional.of(environment),
                    new RollbacksDocument.Look(RollbacksDocument.Look.State.DONE, at, "", targets, unseen));
        }

        static Look failed(String message, Instant at) {
            return new Look(
                    Optional.of(at),
                    Optional.empty(),
                    new RollbacksDocument.Look(RollbacksDocument.Look.State.FAILED, at, message, List.of(), List.of()));
        }

        /** {@return the targets of which it is known what is there} */
        List<String> seen() {
            return environment
                    .map(e -> e.targets().stream()
                            .filter(target -> target.failure().isEmpty())
                            .map(Environment.OnTarget::target)
                            .toList())
                    .orElse(List.of());
        }
    }

    Looks(ConsoleHost host, Clock clock, Background workers) {
        this.host = host;
        this.clock = clock;
        this.workers = workers;
    }

    /** {@return what is known now; a look begins when that is nothing or old} */
    Look at(Place place) {
        if (!host.canLook(place)) {
            return Look.none(RollbacksDocument.Look.State.IMPOSSIBLE);
        }
        synchronized (entries) {
            Entry entry = entries.get(place);
            if (entry == null) {
                entry = new Entry(Look.none(RollbacksDocument.Look.State.LOOKING), false);
            }
            if (!entry.looking && isOld(entry.look)) {
                entry = new Entry(entry.look, true);
                workers.execute(() -> look(place));
            }
            entries.put(place, entry);
            return entry.look;
        }
    }

    /** Makes the next {@link #at} look again, as something is about to change. */
    void forget(Place place) {
        synchronized (entries) {
            entries.computeIfPresent(
                    place, (p, entry) -> new Entry(Look.none(RollbacksDocument.Look.State.LOOKING), entry.looking));
        }
    }

    private boolean isOld(Look look) {
        return look.at().map(at -> at.plus(KNOWN_FOR).isBefore(clock.instant())).orElse(true);
    }

    private void look(Place place) {
        Look look;
        try {
            look = Look.done(host.look(place), clock.instant());
        } catch (ProblemException e) {
            look = Look.failed(e.problems().get(0).message(), clock.instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            look = Look.failed("The host is stopping.", clock.instant());
        } catch (RuntimeException e) {
            look = Look.failed(
                    ProblemReport.outOfOrder("The targets cannot be looked at", e)
                            .detail(),
                    clock.instant());
        }
        synchronized (entries) {
            entries.put(place, new Entry(look, false));
        }
    }
}
