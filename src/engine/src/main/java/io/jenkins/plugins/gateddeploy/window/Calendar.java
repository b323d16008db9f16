package io.jenkins.plugins.gateddeploy.window;

import io.jenkins.plugins.gateddeploy.config.Freeze;
import io.jenkins.plugins.gateddeploy.config.Hours;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.config.Outside;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When deployments may start, by all that say something about it. It is open when all of them are, so that none can open
 * what another closes.
 *
 * @param sources those that say something; empty for always open
 */
public record Calendar(List<Source> sources) {
    /** The windows of a week come again in every other; the zones of two may be apart for half a year only. */
    private static final Duration HORIZON = Duration.ofDays(400);

    /** Whatever is written: a page that shows this must not wait for it. */
    private static final int MOST_STEPS = 5_000;

    /**
     * Who says something about it.
     *
     * @param opening what is said
     * @param from as people read it: {@code deploy.toml}
     */
    public record Source(Opening opening, String from) {}

    public Calendar {
        sources = sources.stream().filter(s -> !s.opening().isAlways()).toList();
    }

    /** {@return that of an environment} */
    public static Calendar of(Opening deployToml, List<Opening> registered) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(deployToml, "deploy.toml"));
        registered.forEach(opening -> sources.add(new Source(opening, "the environment's registration")));
        return new Calendar(sources);
    }

    /** {@return why none may start at a time, by the first that says so; empty when one may} */
    public Optional<String> closedBecause(Instant time) {
        return sources.stream()
                .flatMap(source -> because(source, time).stream())
                .findFirst();
    }

    /** {@return how it is closed at a time; empty when it is open} */
    public Optional<Closed> closed(Instant time) {
        return closedBecause(time).map(why -> new Closed(time, why, opensAt(time), outside(time), zone()));
    }

    /** {@return the time itself when it is open then, else when it opens next; empty when it never does} */
    public Optional<Instant> opensAt(Instant time) {
        Instant latest = sources.stream()
                .flatMap(source -> source.opening().freezes().stream())
                .map(Freeze::over)
                .filter(over -> over.isAfter(time))
                .max(Comparator.naturalOrder())
                .orElse(time)
                .plus(HORIZON);
        Instant found = time;
        for (int steps = 0; steps < MOST_STEPS && found.isBefore(latest); steps++) {
            Instant next = found;
            for (Source source : sources) {
                next = next(source.opening(), next);
            }
            if (next.equals(found)) {
                return Optional.of(found);
            }
            found = next;
        }
        return Optional.empty();
    }

    /** Nothing between the time and the answer is open for this source; the answer itself need not be. */
    private static Instant next(Opening opening, Instant time) {
        Instant after = opening.windows().stream()
                .map(window -> window.next(time))
                .min(Comparator.naturalOrder())
                .orElse(time);
        for (Freeze freeze : opening.freezes()) {
            after = freeze.contains(after) ? freeze.over() : after;
        }
        return after;
    }

    private static Optional<String> because(Source source, Instant time) {
        Opening opening = source.opening();
        Optional<Freeze> freeze =
                opening.freezes().stream().filter(f -> f.contains(time)).findFirst();
        if (freeze.isPresent()) {
            return freeze.map(f -> "nothing is deployed during the freeze " + f.words() + ", says " + source.from());
        }
        boolean open = opening.windows().isEmpty() || opening.windows().stream().anyMatch(w -> w.contain(time));
        return open
                ? Optional.empty()
                : Optional.of("deployments start "
                        + opening.windows().stream().map(Hours::words).collect(Collectors.joining("; or "))
                        + " only, says " + source.from());
    }

    /** Where one of those that are closed refuses, waiting for the others would not help. */
    private Outside outside(Instant time) {
        return sources.stream()
                        .filter(source -> because(source, time).isPresent())
                        .anyMatch(source -> source.opening().outside() == Outside.REFUSE)
                ? Outside.REFUSE
                : Outside.WAIT;
    }

    /** {@return by whose clocks people are told times} */
    private ZoneId zone() {
        return sources.stream()
                .flatMap(source -> source.opening().windows().stream())
                .map(Hours::zone)
                .findFirst()
                .or(() -> sources.stream()
                        .flatMap(source -> source.opening().freezes().stream())
                        .map(Freeze::zone)
                        .findFirst())
                .orElse(ZoneOffset.UTC);
    }
}
