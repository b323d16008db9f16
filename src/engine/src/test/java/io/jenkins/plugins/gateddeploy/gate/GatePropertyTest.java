package io.jenkins.plugins.gateddeploy.gate;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds at every gate, whoever decides in whatever order. */
class GatePropertyTest {
    private static final Instant LATER = NOON.plusSeconds(1);

    /** Ids, groups and approvers share these few names, so that a user is often named like a group. */
    private static final List<String> NAMES = List.of("alice", "bob", "carol", "qa", "ops", "@qa", "@ops");

    /** What somebody tries to do. */
    record Attempt(Actor actor, Verdict verdict) {}

    @Property
    void isNeverOpenedByPeopleOfWhomTooFewAreAsked(
            @ForAll("rules") Rules rules, @ForAll("attempts") List<Attempt> attempts) {
        Gate gate = decide(rules, attempts);

        if (gate.standing(LATER) == Standing.APPROVED) {
            for (Clause clause : rules.clauses()) {
                long entitled = attempts.stream()
                        .filter(a -> a.verdict() == Verdict.APPROVE && isEntitled(rules, clause, a.actor()))
                        .map(a -> a.actor().id())
                        .distinct()
                        .count();
                assertThat(entitled).isGreaterThanOrEqualTo(rules.required(clause));
                for (String name : clause.terms().allOf()) {
                    assertThat(attempts)
                            .anyMatch(a -> a.verdict() == Verdict.APPROVE
                                    && isEntitled(rules, clause, a.actor())
                                    && isCalled(a.actor(), name));
                }
            }
        }
    }

    @Property
    void isNeitherOpenedNorClosedByPeopleWhoAreNotAsked(
            @ForAll("rules") Rules rules, @ForAll("attempts") List<Attempt> attempts) {
        List<Attempt> unauthorized = attempts.stream()
                .filter(a -> rules.clauses().stream().noneMatch(c -> isEntitled(rules, c, a.actor())))
                .toList();

        Gate gate = decide(rules, unauthorized);

        assertThat(gate.decisions()).isEmpty();
        assertThat(gate.standing(LATER)).isEqualTo(Standing.OPEN);
    }

    @Property
    void endsTheSameWhateverTheOrderOfTheSameApprovals(
            @ForAll("rules") Rules rules, @ForAll("attempts") List<Attempt> attempts, @ForAll long seed) {
        Map<String, Attempt> once = new LinkedHashMap<>();
        attempts.forEach(a -> once.putIfAbsent(a.actor().id(), new Attempt(a.actor(), Verdict.APPROVE)));
        List<Attempt> shuffled = new ArrayList<>(once.values());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(decide(rules, shuffled).standing(LATER))
                .isEqualTo(decide(rules, List.copyOf(once.values())).standing(LATER));
    }

    /** Where the approvals alone would not open it, nobody can be so fast that a rejection comes too late. */
    @Property
    void isRejectedInEveryOrderWhenTheApprovalsWouldNotDo(
            @ForAll("rules") Rules rules, @ForAll("attempts") List<Attempt> attempts, @ForAll long seed) {
        Map<String, Attempt> once = new LinkedHashMap<>();
        attempts.forEach(a -> once.putIfAbsent(a.actor().id(), a));
        List<Attempt> approvals = once.values().stream()
                .filter(a -> a.verdict() == Verdict.APPROVE)
                .toList();
        boolean enough = decide(rules, approvals).standing(LATER) == Standing.APPROVED;
        List<Attempt> shuffled = new ArrayList<>(once.values());
        Collections.shuffle(shuffled, new Random(seed));

        Standing shuffledStanding = decide(rules, shuffled).standing(LATER);

        if (!enough) {
            assertThat(shuffledStanding)
                    .isEqualTo(decide(rules, List.copyOf(once.values())).standing(LATER))
                    .isNotEqualTo(Standing.APPROVED);
        }
    }

    @Property
    void isNotOpenedSoonerByAFurtherClause(
            @ForAll("rules") Rules rules, @ForAll("clauses") Clause further, @ForAll("attempts") List<Attempt> all) {
        List<Attempt> approvals =
                all.stream().map(a -> new Attempt(a.actor(), Verdict.APPROVE)).toList();
        List<Clause> more = new ArrayList<>(rules.clauses());
        more.add(further);
        Gate stricter =
                decide(new Rules(more, rules.authors(), rules.extra()).requestedBy(rules.requester()), approvals);

        if (stricter.standing(LATER) == Standing.APPROVED) {
            assertThat(decide(rules, approvals).standing(LATER)).isEqualTo(Standing.APPROVED);
        }
    }

    @Property
    void takesOneDecisionOfAPerson(@ForAll("rules") Rules rules, @ForAll("attempts") List<Attempt> attempts) {
        Set<String> seen = new HashSet<>();

        assertThat(decide(rules, attempts).decisions()).allMatch(d -> seen.add(d.person()));
    }

    /** Says the rule in other words than the code does. */
    private static boolean isEntitled(Rules rules, Clause clause, Actor actor) {
        List<String> names = new ArrayList<>(clause.approvers());
        names.addAll(clause.terms().allOf());
        boolean asked = names.isEmpty() || names.stream().anyMatch(name -> isCalled(actor, name));
        return asked
                && (clause.authorMayApprove() || !rules.authors().contains(actor.id()))
                && (clause.terms().requesterMayApprove() || !rules.requester().equals(actor.id()));
    }

    private static boolean isCalled(Actor actor, String name) {
        return name.startsWith("@")
                ? actor.groups().contains(name.substring(1))
                : actor.id().equals(name);
    }

    /** Whoever takes back what they said leaves the gate as if they had never said it. */
    @Property
    void isAsIfNothingHadBeenSaidByThoseWhoTakeItBack(
            @ForAll("rules") Rules rules, @ForAll("attempts") List<Attempt> attempts, @ForAll("names") String fickle)
            throws Exception {
        List<Attempt> steady =
                attempts.stream().filter(a -> !a.actor().id().equals(fickle)).toList();
        Gate gate = Made.gate(rules);
        for (Attempt attempt : attempts) {
            try {
                gate = gate.decided(attempt.actor(), Verdict.APPROVE, "", LATER);
            } catch (GateException e) {
                assertThat(e.problem().id()).startsWith("gate.");
            }
            boolean said = gate.decisions().stream().anyMatch(d -> d.person().equals(fickle));
            if (said && gate.standing(LATER) == Standing.OPEN) {
                gate = gate.withdrawn(new Actor(fickle, fickle, Set.of()), LATER);
            }
        }

        if (gate.decisions().stream().noneMatch(d -> d.person().equals(fickle))) {
            List<Attempt> approvals = steady.stream()
                    .map(a -> new Attempt(a.actor(), Verdict.APPROVE))
                    .toList();
            assertThat(gate.standing(LATER)).isEqualTo(decide(rules, approvals).standing(LATER));
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(NAMES);
    }

    private static Gate decide(Rules rules, List<Attempt> attempts) {
        Gate gate = Made.gate(rules);
        for (Attempt attempt : attempts) {
            try {
                gate = gate.decided(attempt.actor(), attempt.verdict(), "", LATER);
            } catch (GateException e) {
                assertThat(e.problem().id()).startsWith("gate.");
            }
        }
        return gate;
    }

    @Provide
    Arbitrary<Clause> clauses() {
        return Combinators.combine(
                        Arbitraries.of(NAMES).list().ofMaxSize(3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Clause.Source.class),
                        Arbitraries.of(NAMES).list().ofMaxSize(2),
                        Arbitraries.of(true, false))
                .as((approvers, required, authors, from, allOf, requester) -> new Clause(
                                approvers, required, authors, Duration.ofHours(4), from)
                        .with(Terms.none().withAllOf(allOf).withRequester(requester)));
    }

    @Provide
    Arbitrary<Rules> rules() {
        return Combinators.combine(
                        clauses().list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(NAMES).set().ofMaxSize(2),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(NAMES))
                .as((clauses, authors, extra, requester) -> new Rules(clauses, authors, extra).requestedBy(requester));
    }

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        Arbitrary<Actor> actors = Combinators.combine(
                        Arbitraries.of(NAMES), Arbitraries.of(NAMES).set().ofMaxSize(2))
                .as((id, groups) -> new Actor(id, id, groups));
        return Combinators.combine(
                        actors,
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(5, Arbitraries.just(Verdict.APPROVE)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Verdict.REJECT))))
                .as(Attempt::new)
                .list()
                .ofMaxSize(8);
    }
}
