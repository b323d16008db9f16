package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.config.Hours;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Under which conditions a gate opens; fixed when it is made.
 *
 * @param clauses at least one; all have to be met
 * @param authors user ids of those who wrote a part of the change, as far as the host could match them; compared exactly
 * @param extra how many approvals more each clause needs that keeps authors from approving: 1 when an author matches no
 *     user of the host, else 0
 * @param automation whether it opens without people; null, as in what older versions wrote, for not
 * @param requester user id of whoever asked for the deployment; empty, or null as in what older versions wrote, when that
 *     is no person of the host
 */
public record Rules(List<Clause> clauses, Set<String> authors, int extra, Automation automation, String requester) {
    /** Each begins later than the one before: hours that meet at all do within some weeks of days. */
    private static final int MOST_TRIES = 50;

    public Rules {
        automation = Objects.requireNonNullElseGet(automation, Automation::none);
        requester = Objects.requireNonNullElse(requester, "");
        clauses = clauses.stream().distinct().toList();
        authors = Set.copyOf(authors);
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("a gate without a clause would be open at once");
        }
        if (extra < 0) {
            throw new IllegalArgumentException("no clause can need fewer approvals than it says: " + extra);
        }
    }

    /** Rules of a gate that people decide in any case, whoever asked for it. */
    public Rules(List<Clause> clauses, Set<String> authors, int extra) {
        this(clauses, authors, extra, Automation.none(), "");
    }

    /** {@return the same, with a gate that may open by itself} */
    public Rules with(Automation wished) {
        return new Rules(clauses, authors, extra, wished, requester);
    }

    /** {@return the same, asked for by somebody} */
    public Rules requestedBy(String person) {
        return new Rules(clauses, authors, extra, automation, person);
    }

    /**
     * {@return whether nobody has to be asked} What a step says can be loosened by the step; what others ask for can be
     * by themselves alone, whatever the automation was told of them.
     */
    public boolean needNobody() {
        return automation.opens()
                && clauses.stream()
                        .allMatch(c -> c.from() == Clause.Source.STEP
                                || (!c.auto().isEmpty() && automation.held().containsAll(c.auto())));
    }

    /** {@return when approvals are taken next: the time itself when they are now; empty when the hours never meet} */
    Optional<Instant> hours(Instant now) {
        List<Hours> all = clauses.stream()
                .flatMap(c -> c.terms().hours().stream())
                .distinct()
                .toList();
        Instant time = now;
        for (int tries = 0; tries <= MOST_TRIES; tries++) {
            Instant next = time;
            for (Hours hours : all) {
                next = hours.next(next);
            }
            if (next.equals(time)) {
                return Optional.of(time);
            }
            time = next;
        }
        return Optional.empty();
    }

    /** {@return how long the gate waits: the shortest time of all clauses} */
    public Duration timeout() {
        return clauses.stream()
                .map(Clause::timeout)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** {@return how many people have to approve for a clause} */
    public int required(Clause clause) {
        return clause.required() + (clause.authorMayApprove() ? 0 : extra);
    }

    /** {@return whether the approval of a person who decides under these names, by then, counts for a clause} */
    boolean counts(Clause clause, String person, Set<String> names, Duration open) {
        return clause.asks(names, open) && !isBarred(clause, person);
    }

    /** {@return whether a clause does not want this person, for a part in the change} */
    boolean isBarred(Clause clause, String person) {
        return (!clause.authorMayApprove() && authors.contains(person))
                || (!clause.terms().requesterMayApprove() && !requester.isEmpty() && requester.equals(person));
    }
}
