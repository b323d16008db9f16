package io.jenkins.plugins.gateddeploy.gate;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Under which conditions a gate opens; fixed when it is made.
 *
 * @param clauses at least one; all have to be met
 * @param authors user ids of those who wrote a part of the change, as far as the host could match them; compared exactly
 * @param extra how many approvals more each clause needs that keeps authors from approving: 1 when an author matches no
 *     user of the host, else 0
 * @param automation whether it opens without people; null, as in what older versions wrote, for not
 */
public record Rules(List<Clause> clauses, Set<String> authors, int extra, Automation automation) {
    public Rules {
        automation = Objects.requireNonNullElseGet(automation, Automation::none);
        clauses = clauses.stream().distinct().toList();
        authors = Set.copyOf(authors);
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("a gate without a clause would be open at once");
        }
        if (extra < 0) {
            throw new IllegalArgumentException("no clause can need fewer approvals than it says: " + extra);
        }
    }

    /** Rules of a gate that people decide in any case. */
    public Rules(List<Clause> clauses, Set<String> authors, int extra) {
        this(clauses, authors, extra, Automation.none());
    }

    /** {@return the same, with a gate that may open by itself} */
    public Rules with(Automation wished) {
        return new Rules(clauses, authors, extra, wished);
    }

    /**
     * {@return whether nobody has to be asked} What a step says can be loosened by the step; what others ask for cannot,
     * whatever the automation was told of them.
     */
    public boolean needNobody() {
        return automation.opens() && clauses.stream().allMatch(c -> c.from() == Clause.Source.STEP);
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

    /** {@return whether the approval of a person who decides under these names counts for a clause} */
    boolean counts(Clause clause, String person, Set<String> names) {
        return clause.asks(names) && (clause.authorMayApprove() || !authors.contains(person));
    }
}
