package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Gates and people for tests. */
public final class Made {
    public static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    private Made() {}

    /** {@return a clause for four hours in which authors may not approve} */
    public static Clause clause(int required, String... approvers) {
        return clause(Clause.Source.COMMIT, required, approvers);
    }

    public static Clause clause(Clause.Source from, int required, String... approvers) {
        return new Clause(List.of(approvers), required, false, Duration.ofHours(4), from);
    }

    public static Clause lettingAuthors(Clause clause) {
        return new Clause(clause.approvers(), clause.required(), true, clause.timeout(), clause.from());
    }

    public static Gate gate(Clause... clauses) {
        return gate(new Rules(List.of(clauses), Set.of(), 0));
    }

    public static Gate gate(Rules rules) {
        return Gate.opening("gate-1", subject("", 0), rules, NOON);
    }

    public static Subject subject(String job, int build) {
        return new Subject("shop", "production", "0".repeat(64), "v2 (abc1234) \"Sort\"", "Ship it?", "", job, build);
    }

    /** {@return somebody whose name is the id with a capital letter} */
    public static Actor person(String id, String... groups) {
        return new Actor(id, id.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + id.substring(1), Set.of(groups));
    }
}
