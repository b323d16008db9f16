package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.notice.Outbox.Entry;
import io.jenkins.plugins.gateddeploy.notice.Outbox.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One channel's turn: looks what there is to tell and not yet told, and tells it in the order in which it happened. */
final class Round {
    /** What is older has been overtaken by people talking to each other. */
    static final Duration OLDEST = Duration.ofHours(24);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Longer than any attempt takes: after it, whoever had begun is taken for dead. */
    private static final Duration CLAIM = Duration.ofMinutes(5);

    /** So many failures in a row are the server's, not those of what was told: the others wait for the next turn. */
    private static final int ENOUGH_FAILURES = 3;

    private final Channel channel;
    private final Outbox outbox;
    private final Directions directions;
    private final Clock clock;
    private final Consumer<String> log;

    /** What was said last of why it does not work, so that it is said once; empty while it works. */
    private String complaint = "";

    Round(Channel channel, Outbox outbox, Directions directions, Clock clock, Consumer<String> log) {
        this.channel = channel;
        this.outbox = outbox;
        this.directions = directions;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Tells what there is to tell.
     *
     * @param since nothing that happened earlier is told
     * @return when there is something to do again, unless a gate changes before; {@link Instant#MAX} for never
     */
    Instant run(Instant since) throws InterruptedException {
        Instant now = clock.instant();
        Instant oldest = now.minus(OLDEST);
        outbox.giveUp(channel.name(), oldest).forEach(this::sayGivenUp);
        Instant from = since.isAfter(oldest) ? since : oldest;
        List<Gate> gates = outbox.gates(from);
        List<Notice> due = due(gates, outbox.wentBack(from), now, from);
        Map<String, Entry> known = outbox.entries(channel.name(), oldest);
        settleOvertaken(due, known);
        Instant byItself = gates.stream()
                .flatMap(gate -> Due.next(gate, now).stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return earlier(byItself, tell(due, known));
    }

    private List<Notice> due(List<Gate> gates, List<WentBack> returned, Instant now, Instant since) {
        return Stream.concat(
                        gates.stream().flatMap(gate -> Due.of(gate, now, directions).stream()),
                        returned.stream().map(WentBack::notice))
                .filter(notice -> !notice.time().isBefore(since))
                .sorted(Comparator.comparing(Notice::time))
                .toList();
    }

    private void settleOvertaken(List<Notice> due, Map<String, Entry> known) {
        Set<String> keys = due.stream().map(n -> n.key().toString()).collect(Collectors.toSet());
        known.forEach((key, entry) -> {
            if (entry.state() == State.TRYING && !keys.contains(key)) {
                outbox.settle(key, channel.name(), State.OVERTAKEN, entry.error());
            }
        });
    }

    private Instant tell(List<Notice> due, Map<String, Entry> known) throws InterruptedException {
        Instant next = Instant.MAX;
        int failures = 0;
        for (Notice notice : due) {
            Entry entry = known.getOrDefault(notice.key().toString(), new Entry(State.TRYING, 0, Instant.MIN, ""));
            Instant now = clock.instant();
            if (entry.state() != State.TRYING) {
                continue;
            }
            if (entry.next().isAfter(now) || failures == ENOUGH_FAILURES) {
                next = earlier(next, entry.next().isAfter(now) ? entry.next() : now.plus(FIRST_PAUSE));
                continue;
            }
            if (!outbox.claim(notice, channel.name(), entry.attempts(), now.plus(CLAIM))) {
                continue;
            }
            Instant again = attempt(notice, entry.attempts() + 1);
            failures = again.equals(Instant.MAX) ? 0 : failures + 1;
            next = earlier(next, again);
        }
        return next;
    }

    /** {@return when to try again; {@link Instant#MAX} when that is settled} */
    private Instant attempt(Notice notice, int attempts) throws InterruptedException {
        String key = notice.key().toString();
        try {
            channel.deliver(notice);
            outbox.settle(key, channel.name(), State.DELIVERED, "");
            complaint = "";
            return Instant.MAX;
        } catch (Undelivered e) {
            if (e.hopeless()) {
                outbox.settle(key, channel.name(), State.GIVEN_UP, e.getMessage());
                sayGivenUp(key, e.getMessage());
                return Instant.MAX;
            }
            Instant next = clock.instant().plus(pause(attempts));
            outbox.retry(key, channel.name(), next, e.getMessage());
            sayLater(key, e.getMessage());
            return next;
        } catch (InterruptedException e) {
            // Nobody knows whether it arrived. Better twice than not at all, and soon after the next start.
            outbox.retry(key, channel.name(), clock.instant(), "the host ended meanwhile");
            throw e;
        }
    }

    /** {@return how long to wait after so many attempts} */
    static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void sayLater(String key, String error) {
        if (!error.equals(complaint)) {
            complaint = error;
            log.accept(
                    "The notice " + key + " could not be told by " + channel.name() + "; it is tried again: " + error);
        }
    }

    private void sayGivenUp(String key, String error) {
        log.accept("The notice " + key + " was not told by " + channel.name() + ", and is not tried again: "
                + (error.isEmpty() ? "the host ended meanwhile" : error));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
