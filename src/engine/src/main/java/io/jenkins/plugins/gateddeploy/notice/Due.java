package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.notice.Notice.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What there is to tell about a gate. Derived from the gate alone, so that it comes out the same however often and
 * wherever it is asked. Of a gate that has closed only its end is told: whoever was asked to decide need not read about
 * that any more.
 */
final class Due {
    private final Gate gate;
    private final Wording wording;
    private final Directions directions;

    private Due(Gate gate, Directions directions) {
        this.gate = gate;
        this.directions = directions;
        this.wording = new Wording(gate, directions);
    }

    /** {@return all that ought to have been told by a time, in the order in which it happened} */
    static List<Notice> of(Gate gate, Instant now, Directions directions) {
        Due due = new Due(gate, directions);
        Standing standing = gate.standing(now);
        return standing == Standing.OPEN ? due.open() : List.of(due.closed(standing));
    }

    private List<Notice> open() {
        List<Notice> notices = new ArrayList<>();
        notices.add(notice("opened", Kind.OPENED, gate.opened(), wording.opened()));
        for (Decision decision : gate.decisions()) {
            notices.add(notice(
                    "decided:" + decision.person() + "@" + decision.time(),
                    Kind.DECIDED,
                    decision.time(),
                    wording.decided(decision)));
        }
        return notices;
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
        return new Notice(new Notice.Key("gate:" + gate.id(), event), kind, about(), text, time);
    }

    private Notice.About about() {
        var subject = gate.subject();
        return new Notice.About(
                gate.id(),
                subject.app(),
                subject.environment(),
                subject.revision(),
                subject.job(),
                subject.build(),
                people(),
                Objects.requireNonNull(directions.link(gate)));
    }

    private Set<String> people() {
        return gate.rules().clauses().stream()
                .map(Clause::approvers)
                .flatMap(List::stream)
                .filter(name -> !name.startsWith("@"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
