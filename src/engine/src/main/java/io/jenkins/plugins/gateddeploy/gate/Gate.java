package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan's wait for people, as it stands after some decisions. A value: deciding makes another one, and the store
 * ({@link Gates}) lets one decision after the other happen to the newest.
 *
 * @param id unique in every store (a UUID)
 * @param subject what it is about
 * @param rules under which conditions it opens
 * @param opened when it began to wait
 * @param deadline until when decisions are taken, exclusive
 * @param decisions those that stand, in the order they were taken; each person at most once
 * @param former those that count no more, in the order they were taken
 * @param closed how it ended; empty while it is open
 */
public record Gate(
        String id,
        Subject subject,
        Rules rules,
        Instant opened,
        Instant deadline,
        List<Decision> decisions,
        List<Former> former,
        Optional<Closed> closed) {

    /**
     * How a gate ended.
     *
     * @param standing not {@link Standing#OPEN}
     * @param why one sentence for people
     * @param time when
     */
    public record Closed(Standing standing, String why, Instant time) {
        public Closed {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(time, "time");
            if (standing == Standing.OPEN) {
                throw new IllegalArgumentException("an open gate is not closed");
            }
        }
    }

    /**
     * From when on others may approve too.
     *
     * @param time when
     * @param to user ids and {@code @groups}
     * @param from whose clause it is; those of others stay as they are
     */
    public record Widening(Instant time, List<String> to, Clause.Source from) {
        public Widening {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(from, "from");
            to = List.copyOf(to);
        }
    }

    /**
     * What is still lacking.
     *
     * @param who people who may give it, in words
     * @param missing how many approvals; at least 1
     * @param from whose rules lack just that; at least one
     */
    public record Need(String who, int missing, List<Clause.Source> from) {
        public Need {
            from = List.copyOf(from);
        }

        /** {@return as people read it: {@code 2 approvals more by one of @qa, alice (deploy.toml of the new commit)}} */
        public String words() {
            return missing + (missing == 1 ? " approval" : " approvals") + " more by " + who + " ("
                    + from.stream().map(Clause.Source::words).collect(Collectors.joining(", ")) + ")";
        }
    }

    public Gate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(opened, "opened");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(closed, "closed");
        decisions = List.copyOf(decisions);
        former = List.copyOf(former);
    }

    /** {@return a gate that begins to wait now, for as long as its rules say; approved at once when they need nobody} */
    public static Gate opening(String id, Subject subject, Rules rules, Instant now) {
        return waiting(id, subject, rules, now, now, List.of());
    }

    /** What opens by itself does so in the hours in which people could have let it. */
    private static Gate waiting(
            String id, Subject subject, Rules wished, Instant opened, Instant now, List<Former> former) {
        boolean late = wished.needNobody() && !wished.hours(now).equals(Optional.of(now));
        Rules rules = late
                ? wished.with(wished.automation().but("it is outside the hours in which approvals are taken."))
                : wished;
        Gate gate =
                new Gate(id, subject, rules, opened, now.plus(rules.timeout()), List.of(), former, Optional.empty());
        return rules.needNobody()
                ? gate.closed(
                        Standing.APPROVED,
                        "It opened by itself: " + rules.automation().holding() + ".",
                        now)
                : gate;
    }

    /** {@return where it stands at a time} */
    public Standing standing(Instant now) {
        return closed.map(Closed::standing)
                .orElseGet(() -> now.isBefore(deadline) ? Standing.OPEN : Standing.TIMED_OUT);
    }

    /** {@return when people are reminded, if it is still open then; the first first} */
    public List<Instant> reminders() {
        return rules.clauses().stream()
                .flatMap(c -> c.terms().remind().stream())
                .map(deadline::minus)
                .filter(time -> time.isAfter(opened))
                .distinct()
                .sorted()
                .toList();
    }

    /** {@return when others may approve too, if it is still open then; the first first} */
    public List<Widening> escalations() {
        return rules.clauses().stream()
                .filter(c -> !c.asked(Duration.ZERO).isEmpty())
                .flatMap(c ->
                        c.terms().escalate().stream().map(e -> new Widening(opened.plus(e.after()), e.to(), c.from())))
                .filter(w -> w.time().isBefore(deadline))
                .sorted(Comparator.comparing(Widening::time))
                .toList();
    }

    /**
     * {@return when approvals are taken: the time itself when they are then, else when their hours begin next; empty
     * when the hours that several ask for never meet} Rejections are always.
     */
    public Optional<Instant> hours(Instant now) {
        return rules.hours(now);
    }

    /** {@return whether a decision of this person would be one of those who are asked from the start, were it open} */
    public boolean mayDecide(Actor actor) {
        return mayDecide(actor, opened);
    }

    /** {@return whether a decision of this person would be one of those who are asked by then, were the gate open} */
    public boolean mayDecide(Actor actor, Instant now) {
        return new Asking(this, actor, now).isAsked();
    }

    /** {@return why a person cannot decide now, in words for that person; empty when they can at least reject} */
    public Optional<Problem> refusal(Actor actor, Instant now) {
        return new Asking(this, actor, now).refusal();
    }

    /** {@return why a person cannot say this now, in words for that person; empty when they can} */
    public Optional<Problem> refusal(Vote vote, Instant now) {
        return new Asking(this, vote.actor(), now).refusal(vote);
    }

    /**
     * {@return the gate after a person's decision on what it is about now}
     *
     * @throws GateException when {@link #refusal} says why not
     */
    public Gate decided(Actor actor, Verdict verdict, String comment, Instant now) throws GateException {
        return decided(Vote.onTheNewest(actor, verdict, comment), now);
    }

    /**
     * {@return the gate after a person's decision}
     *
     * @throws GateException when {@link #refusal} says why not
     */
    public Gate decided(Vote vote, Instant now) throws GateException {
        Asking asking = new Asking(this, vote.actor(), now);
        Optional<Problem> refusal = asking.refusal(vote);
        if (refusal.isPresent()) {
            throw new GateException(refusal.get());
        }
        Actor actor = vote.actor();
        List<Decision> all = new ArrayList<>(decisions);
        all.add(new Decision(actor.id(), actor.name(), asking.names(), vote.verdict(), vote.comment(), now));
        Gate after = with(all, former);
        if (vote.verdict() == Verdict.REJECT) {
            return after.closed(Standing.REJECTED, "Rejected by " + actor.name() + said(vote.comment()), now);
        }
        return after.needed().isEmpty()
                ? after.closed(Standing.APPROVED, "Approved by " + after.approvers() + ".", now)
                : after;
    }

    private static String said(String comment) {
        return comment.isEmpty() ? "." : ": " + comment;
    }

    /**
     * {@return the gate after a person has taken back what they said} They may decide again.
     *
     * @throws GateException {@code gate.closed}, or {@code gate.nothing-to-withdraw}
     */
    public Gate withdrawn(Actor actor, Instant now) throws GateException {
        Optional<Problem> over = new Asking(this, actor, now).over();
        if (over.isPresent()) {
            throw new GateException(over.get());
        }
        Decision own = decisions.stream()
                .filter(d -> d.person().equals(actor.id()))
                .findFirst()
                .orElseThrow(() -> new GateException(Problem.error(
                        "gate.nothing-to-withdraw", actor.name() + " has nothing to take back at this gate.", "")));
        List<Former> gone = new ArrayList<>(former);
        gone.add(new Former(own, Former.End.WITHDRAWN, "Taken back by " + actor.name() + ".", now));
        return with(decisions.stream().filter(d -> !d.equals(own)).toList(), gone);
    }

    /**
     * {@return the gate about something else: what was approved counts no more, and it waits anew for as long as its
     * rules say, or opens by itself} As it is when it is closed, or when nothing but what people are told is different.
     *
     * @param other what waits now, in place of what did
     * @param newRules under which conditions it opens from now on
     */
    public Gate revised(Subject other, Rules newRules, Instant now) {
        boolean same = other.plan().equals(subject.plan()) && newRules.equals(rules);
        if (same || standing(now) != Standing.OPEN) {
            return this;
        }
        String why = "The plan changed from " + subject.revision() + " to " + other.revision() + ".";
        List<Former> gone = new ArrayList<>(former);
        decisions.forEach(d -> gone.add(new Former(d, Former.End.VOIDED, why, now)));
        return waiting(id, other, newRules, opened, now, gone);
    }

    /** {@return taken back; as it is when it is not open any more} */
    public Gate cancelled(String why, Instant now) {
        return standing(now) == Standing.OPEN ? closed(Standing.CANCELLED, why, now) : this;
    }

    /** {@return closed for good when its time is over; as it is otherwise} */
    public Gate expired(Instant now) {
        return closed.isEmpty() && standing(now) == Standing.TIMED_OUT
                ? closed(Standing.TIMED_OUT, "Nobody decided in time; still needed: " + needs(now) + ".", now)
                : this;
    }

    private Gate closed(Standing standing, String why, Instant now) {
        return new Gate(
                id, subject, rules, opened, deadline, decisions, former, Optional.of(new Closed(standing, why, now)));
    }

    private Gate with(List<Decision> standing, List<Former> gone) {
        return new Gate(id, subject, rules, opened, deadline, standing, gone, closed);
    }

    /**
     * {@return what is still needed, once for all clauses that need the same; empty when every clause is met} In words
     * of who was asked from the start.
     */
    public List<Need> needed() {
        return needed(opened);
    }

    /** {@return the same, in words of who may give it by now} */
    public List<Need> needed(Instant now) {
        return new Tally(rules, decisions, opened).needed(now);
    }

    private String needs(Instant now) {
        return needed(now).stream().map(Need::words).collect(Collectors.joining("; "));
    }

    /** {@return the names of those who approved, as people read them: {@code Alice, Bob}} */
    public String approvers() {
        return decisions.stream()
                .filter(d -> d.verdict() == Verdict.APPROVE)
                .map(Decision::name)
                .collect(Collectors.joining(", "));
    }
}
