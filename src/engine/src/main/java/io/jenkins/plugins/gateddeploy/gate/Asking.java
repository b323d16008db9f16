package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a person is asked at a gate, and may say something now.
 *
 * @param gate where
 * @param actor who
 * @param now when
 */
record Asking(Gate gate, Actor actor, Instant now) {

    private Duration open() {
        return new Tally(gate.rules(), gate.decisions(), gate.opened()).open(now);
    }

    /** {@return the names of all clauses that stand for the person by now} */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        gate.rules().clauses().forEach(c -> names.addAll(c.namesOf(actor, open())));
        return names;
    }

    /** {@return whether what the person says counts for any clause} */
    boolean isAsked() {
        Set<String> names = names();
        return gate.rules().clauses().stream().anyMatch(c -> gate.rules().counts(c, actor.id(), names, open()));
    }

    /** {@return why the person cannot say this now} */
    Optional<Problem> refusal(Vote vote) {
        return refusal()
                .or(() -> vote.plan()
                        .filter(seen -> !seen.equals(gate.subject().plan()))
                        .map(seen -> Problem.error(
                                "gate.plan-changed",
                                "The plan has changed since " + actor.name() + " looked at it: it is now "
                                        + gate.subject().revision() + ".",
                                "Look at what would be deployed now, then decide.")))
                .or(() -> vote.verdict() == Verdict.APPROVE ? outsideHours() : Optional.empty());
    }

    /** {@return why the person cannot say anything now} */
    Optional<Problem> refusal() {
        return over().or(() -> isAsked() ? Optional.empty() : Optional.of(notAsked()))
                .or(() -> gate.decisions().stream()
                        .filter(d -> d.person().equals(actor.id()))
                        .findFirst()
                        .map(d -> Problem.error(
                                "gate.decided-already",
                                actor.name() + " has decided already: "
                                        + (d.verdict() == Verdict.APPROVE ? "approved" : "rejected") + " at " + d.time()
                                        + ".",
                                "Each person decides once; an approval can be taken back while the gate is open.")));
    }

    /** {@return that the gate is closed, if it is} */
    Optional<Problem> over() {
        Standing standing = gate.standing(now);
        return standing == Standing.OPEN
                ? Optional.empty()
                : Optional.of(Problem.error("gate.closed", "This gate is closed: " + ending(standing), ""));
    }

    private String ending(Standing standing) {
        return gate.closed()
                .map(c -> c.why() + " (" + standing + " at " + c.time() + ")")
                .orElseGet(() -> "its time was over at " + gate.deadline() + ".");
    }

    private Optional<Problem> outsideHours() {
        Optional<Instant> next = gate.hours(now);
        if (next.equals(Optional.of(now))) {
            return Optional.empty();
        }
        String hours = gate.rules().clauses().stream()
                .flatMap(c -> c.terms().hours().stream())
                .map(h -> h.words())
                .distinct()
                .collect(Collectors.joining("; and "));
        String again = next.map(time -> "They begin again at " + time.truncatedTo(ChronoUnit.SECONDS)
                        + (time.isBefore(gate.deadline()) ? "." : ", which is after this gate's time is over."))
                .orElse("These never meet.");
        return Optional.of(Problem.error(
                "gate.hours",
                "Approvals are taken " + hours + ", and not now. " + again,
                "Rejecting is possible now."));
    }

    private Problem notAsked() {
        String who = gate.rules().clauses().stream()
                .map(c -> c.who(open()))
                .distinct()
                .collect(Collectors.joining("; "));
        Set<String> names = names();
        boolean asked = gate.rules().clauses().stream().anyMatch(c -> c.asks(names, open()));
        if (asked && gate.rules().authors().contains(actor.id())) {
            return Problem.error(
                    "gate.author",
                    actor.name() + " (" + actor.id() + ") wrote a part of this change and may not decide on it.",
                    "Somebody else has to: " + who + ".");
        }
        return asked
                ? Problem.error(
                        "gate.requester",
                        actor.name() + " (" + actor.id() + ") asked for this and may not decide on it.",
                        "Somebody else has to: " + who + ".")
                : Problem.error(
                        "gate.not-an-approver",
                        actor.name() + " (" + actor.id() + ") may not decide on "
                                + gate.subject().words() + ".",
                        "These people may: " + who + ".");
    }
}
