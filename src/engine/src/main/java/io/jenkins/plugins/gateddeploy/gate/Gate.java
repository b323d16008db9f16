package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 * @param decisions in the order they were taken; each person at most once
 * @param closed how it ended; empty while it is open
 */
public record Gate(
        String id,
        Subject subject,
        Rules rules,
        Instant opened,
        Instant deadline,
        List<Decision> decisions,
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
    }

    /** {@return a gate that begins to wait now, for as long as its rules say; approved at once when they need nobody} */
    public static Gate opening(String id, Subject subject, Rules rules, Instant now) {
        Gate gate = new Gate(id, subject, rules, now, now.plus(rules.timeout()), List.of(), Optional.empty());
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

    /** {@return whether a decision of this person would be one of those who are asked, were the gate open} */
    public boolean mayDecide(Actor actor) {
        Set<String> names = names(actor);
        return rules.clauses().stream().anyMatch(c -> rules.counts(c, actor.id(), names));
    }

    /** {@return why a person cannot decide now, in words for that person; empty when they can} */
    public Optional<Problem> refusal(Actor actor, Instant now) {
        Standing standing = standing(now);
        if (standing != Standing.OPEN) {
            return Optional.of(Problem.error("gate.closed", "This gate is closed: " + ending(standing), ""));
        }
        if (!mayDecide(actor)) {
            return Optional.of(notAsked(actor));
        }
        return decisions.stream()
                .filter(d -> d.person().equals(actor.id()))
                .findFirst()
                .map(d -> Problem.error(
                        "gate.decided-already",
                        actor.name() + " has decided already: "
                                + (d.verdict() == Verdict.APPROVE ? "approved" : "rejected") + " at " + d.time() + ".",
                        "Each person decides once."));
    }

    private Problem notAsked(Actor actor) {
        String who = rules.clauses().stream().map(Clause::who).distinct().collect(Collectors.joining("; "));
        Set<String> names = names(actor);
        boolean author =
                rules.authors().contains(actor.id()) && rules.clauses().stream().anyMatch(c -> c.asks(names));
        return author
                ? Problem.error(
                        "gate.author",
                        actor.name() + " (" + actor.id() + ") wrote a part of this change and may not decide on it.",
                        "Somebody else has to: " + who + ".")
                : Problem.error(
                        "gate.not-an-approver",
                        actor.name() + " (" + actor.id() + ") may not decide on " + subject.words() + ".",
                        "These people may: " + who + ".");
    }

    private String ending(Standing standing) {
        return closed.map(c -> c.why() + " (" + standing + " at " + c.time() + ")")
                .orElseGet(() -> "its time was over at " + deadline + ".");
    }

    /**
     * {@return the gate after a person's decision}
     *
     * @throws GateException when {@link #refusal} says why not
     */
    public Gate decided(Actor actor, Verdict verdict, String comment, Instant now) throws GateException {
        Optional<Problem> refusal = refusal(actor, now);
        if (refusal.isPresent()) {
            throw new GateException(refusal.get());
        }
        List<Decision> all = new ArrayList<>(decisions);
        all.add(new Decision(actor.id(), actor.name(), names(actor), verdict, comment, now));
        Gate after = new Gate(id, subject, rules, opened, deadline, all, Optional.empty());
        if (verdict == Verdict.REJECT) {
            return after.closed(Standing.REJECTED, "Rejected by " + actor.name() + said(comment), now);
        }
        return after.needed().isEmpty()
                ? after.closed(Standing.APPROVED, "Approved by " + after.approvers() + ".", now)
                : after;
    }

    private static String said(String comment) {
        return comment.isEmpty() ? "." : ": " + comment;
    }

    /** {@return taken back; as it is when it is not open any more} */
    public Gate cancelled(String why, Instant now) {
        return standing(now) == Standing.OPEN ? closed(Standing.CANCELLED, why, now) : this;
    }

    /** {@return closed for good when its time is over; as it is otherwise} */
    public Gate expired(Instant now) {
        return closed.isEmpty() && standing(now) == Standing.TIMED_OUT
                ? closed(Standing.TIMED_OUT, "Nobody decided in time; still needed: " + needs() + ".", now)
                : this;
    }

    private Gate closed(Standing standing, String why, Instant now) {
        return new Gate(id, subject, rules, opened, deadline, decisions, Optional.of(new Closed(standing, why, now)));
    }

    /** {@return what is still needed, once for all clauses that need the same; empty when every clause is met} */
    public List<Need> needed() {
        Map<Map.Entry<String, Integer>, List<Clause.Source>> sources = new LinkedHashMap<>();
        for (Clause clause : rules.clauses()) {
            long approvals = decisions.stream()
                    .filter(d -> d.verdict() == Verdict.APPROVE && rules.counts(clause, d.person(), d.as()))
                    .map(Decision::person)
                    .distinct()
                    .count();
            int missing = (int) (rules.required(clause) - approvals);
            if (missing > 0) {
                sources.computeIfAbsent(Map.entry(clause.who(), missing), k -> new ArrayList<>())
                        .add(clause.from());
            }
        }
        return sources.entrySet().stream()
                .map(e -> new Need(e.getKey().getKey(), e.getKey().getValue(), e.getValue()))
                .toList();
    }

    private String needs() {
        return needed().stream().map(Need::words).collect(Collectors.joining("; "));
    }

    /** {@return the names of those who approved, as people read them: {@code Alice, Bob}} */
    public String approvers() {
        return decisions.stream()
                .filter(d -> d.verdict() == Verdict.APPROVE)
                .map(Decision::name)
                .collect(Collectors.joining(", "));
    }

    private Set<String> names(Actor actor) {
        Set<String> names = new TreeSet<>();
        rules.clauses().forEach(c -> names.addAll(c.namesOf(actor)));
        return names;
    }
}
