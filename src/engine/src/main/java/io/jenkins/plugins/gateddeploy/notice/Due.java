package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Former;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.notice.Notice.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to tell about a gate. Derived from the gate alone, so that it comes out the same however often and
 * wherever it is asked. Of a gate that has closed only its end is told: whoever was asked to decide need not read about
 * that any more.
 */
final class Due {
    private final Gate gate;
    private final Instant now;
    private final Wording wording;
    private final Directions directions;

    /** Since when it waits for what it is about now; later than it opened when its plan has changed. */
    private final Instant asked;

    private Due(Gate gate, Instant now, Directions directions) {
        this.gate = gate;
        this.now = now;
        this.directions = directions;
        this.wording = new Wording(gate, now, directions);
        this.asked = gate.deadline().minus(gate.rules().timeout());
    }

    /** {@return all that ought to have been told by a time, in the order in which it happened} */
    static List<Notice> of(Gate gate, Instant now, Directions directions) {
        Due due = new Due(gate, now, directions);
        Standing standing = gate.standing(now);
        return standing == Standing.OPEN ? due.open() : List.of(due.closed(standing));
    }

    /** {@return when there is something new to tell about a gate if nobody does anything until then; empty for never} */
    static Optional<Instant> next(Gate gate, Instant now) {
        if (gate.standing(now) != Standing.OPEN) {
            return Optional.empty();
        }
        Stream<Instant> others = Stream.concat(
                gate.reminders().stream(), gate.escalations().stream().map(Gate.Widening::time));
        return Stream.concat(others, Stream.of(gate.deadline()))
                .filter(time -> time.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    private List<Notice> open() {
        List<Notice> notices = new ArrayList<>();
        notices.add(
                asked.isAfter(gate.opened())
                        ? notice("revised@" + asked, Kind.VOIDED, asked, wording.voided(asked))
                        : notice("opened", Kind.OPENED, gate.opened(), wording.opened()));
        for (Decision decision : gate.decisions()) {
            notices.add(notice(
                    "decided:" + decision.person() + "@" + decision.time(),
                    Kind.DECIDED,
                    decision.time(),
                    wording.decided(decision)));
        }
        gate.former().stream()
                .filter(f -> f.end() == Former.End.WITHDRAWN && f.time().isAfter(asked))
                .map(f -> notice(
                        "withdrawn:" + f.decision().person() + "@" + f.time(),
                        Kind.WITHDRAWN,
                        f.time(),
                        wording.withdrawn(f)))
                .forEach(notices::add);
        reminder().ifPresent(notices::add);
        gate.escalations().stream()
                .map(Gate.Widening::time)
                .distinct()
                .filter(this::hasCome)
                .map(time -> notice("escalated@" + time, Kind.ESCALATED, time, wording.escalated(widened(time))))
                .forEach(notices::add);
        notices.sort(Comparator.comparing(Notice::time));
        return notices;
    }

    /** Of several that have come while nobody told, the last says all that the others would. */
    private Optional<Notice> reminder() {
        return gate.reminders().stream()
                .filter(this::hasCome)
                .reduce((earlier, later) -> later)
                .map(time -> notice("reminded@" + time, Kind.REMINDED, time, wording.reminded()));
    }

    private boolean hasCome(Instant time) {
        return time.isAfter(asked) && !time.isAfter(now);
    }

    private Set<String> widened(Instant time) {
        return gate.escalations().stream()
                .filter(widening -> widening.time().equals(time))
                .flatMap(widening -> widening.to().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Notice closed(Standing standing) {
        Kind kind = switch (standing) {
            case APPROVED -> Kind.APPROVED;
            case REJECTED -> Kind.REJECTED;
            case TIMED_OUT -> Kind.TIMED_OUT;
            case CANCELLED -> Kind.CANCELLED;
            case OPEN -> throw new IllegalStateException("gate " + gate.id() + " is open");
        };
        // A gate whose time is over is closed only when somebody looks at it; that is told once, as of its deadline.
        Instant time = standing == Standing.TIMED_OUT
                ? gate.deadline()
                : gate.closed().orElseThrow().time();
        return notice("closed", kind, time, wording.closed(standing));
    }

    private Notice notice(String event, Kind kind, Instant time, Notice.Text text) {
        return new Notice(new Notice.Key("gate:" + gate.id(), event), kind, about(time), text, time);
    }

    private Notice.About about(Instant time) {
        var subject = gate.subject();
        return new Notice.About(
                gate.id(),
                subject.app(),
                subject.environment(),
                subject.revision(),
                subject.job(),
                subject.build(),
                people(time),
                Objects.requireNonNull(directions.link(gate)));
    }

    /** {@return who is asked by name by then} */
    private Set<String> people(Instant time) {
        Stream<String> first = gate.rules().clauses().stream()
                .flatMap(clause -> Stream.concat(clause.approvers().stream(), clause.terms().allOf().stream()));
        Stream<String> more = gate.escalations().stream()
                .filter(widening -> !widening.time().isAfter(time))
                .flatMap(widening -> widening.to().stream());
        return Stream.concat(first, more).filter(name -> !name.startsWith("@")).collect(Collectors.toUnmodifiableSet());
    }
}
