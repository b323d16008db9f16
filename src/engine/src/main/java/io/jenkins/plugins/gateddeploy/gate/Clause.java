package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Approval;
import io.jenkins.plugins.gateddeploy.config.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one source asks for before a gate opens. A gate opens only when each of its clauses is met, so that no source
 * can loosen what another asks for.
 *
 * <p>Every name of {@code terms.allOf} is an approver as well. A person's approval counts for every name that stands for
 * that person; who wants different people asks for a number of them.
 *
 * @param approvers user ids ({@code alice}) and groups ({@code @release-managers}); with no name in {@code allOf} either,
 *     everybody whom the host lets decide. One never matches the other
 * @param required how many different people have to approve; at least 1
 * @param authorMayApprove whether the approval of somebody who wrote a part of the change counts
 * @param timeout how long the gate waits; above zero
 * @param from who asks for it
 * @param terms what it asks for besides; null, as in what older versions wrote, for nothing
 * @param auto names of conditions under which, all of them holding, it needs nobody; empty when it always needs people;
 *     null as empty
 */
public record Clause(
        List<String> approvers,
        int required,
        boolean authorMayApprove,
        Duration timeout,
        Source from,
        Terms terms,
        List<String> auto) {

    /** Who asks for a clause. */
    public enum Source {
        /** The environment's registration with the host. */
        REGISTRATION("the environment's registration"),
        /** The commit that is to come. */
        COMMIT("deploy.toml of the new commit"),
        /** The release that is current. */
        CURRENT_RELEASE("deploy.toml of the current release"),
        /** The step that opened the gate. */
        STEP("the step");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        /** {@return as people read it: {@code deploy.toml of the new commit}} */
        public String words() {
            return words;
        }
    }

    public Clause {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(from, "from");
        approvers = approvers.stream().distinct().sorted().toList();
        terms = terms == null ? Terms.none() : terms;
        auto = auto == null ? List.of() : auto.stream().distinct().sorted().toList();
        if (required < 1) {
            throw new IllegalArgumentException("a clause requires at least one approval, not " + required);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a clause waits for some time, not for " + timeout);
        }
    }

    /** One that asks for nothing besides, and always needs people. */
    public Clause(List<String> approvers, int required, boolean authorMayApprove, Duration timeout, Source from) {
        this(approvers, required, authorMayApprove, timeout, from, Terms.none(), List.of());
    }

    /** {@return what a deploy.toml asks for} */
    public static Clause of(Approval approval, Source from) {
        return new Clause(
                approval.approvers(),
                approval.required(),
                approval.authorMayApprove(),
                approval.timeout(),
                from,
                approval.terms(),
                approval.auto());
    }

    /** {@return the same, asking for something else besides} */
    public Clause with(Terms others) {
        return new Clause(approvers, required, authorMayApprove, timeout, from, others, auto);
    }

    /** {@return the same, needing nobody when some conditions hold} */
    public Clause opening(List<String> conditions) {
        return new Clause(approvers, required, authorMayApprove, timeout, from, terms, conditions);
    }

    /** {@return the names whose approval counts, when the gate has been open for a while; empty for everybody} */
    Set<String> asked(Duration open) {
        Set<String> names = new TreeSet<>(approvers);
        names.addAll(terms.allOf());
        boolean everybody = names.isEmpty();
        terms.escalate()
                .filter(e -> !everybody && open.compareTo(e.after()) >= 0)
                .ifPresent(e -> names.addAll(e.to()));
        return names;
    }

    /** {@return the names of this clause that stand for a person: their own, and those of their groups} */
    Set<String> namesOf(Actor actor, Duration open) {
        return asked(open).stream()
                .filter(name ->
                        name.startsWith("@") ? actor.groups().contains(name.substring(1)) : name.equals(actor.id()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return whether somebody who decides under these names is one of those who are asked by then} */
    boolean asks(Set<String> names, Duration open) {
        Set<String> asked = asked(open);
        return asked.isEmpty() || asked.stream().anyMatch(names::contains);
    }

    /** {@return who may approve from the start, as people read it: {@code one of @qa, alice}} */
    public String who() {
        return who(Duration.ZERO);
    }

    /** {@return who may approve, as people read it: {@code one of @qa, alice}} */
    String who(Duration open) {
        List<String> names = List.copyOf(asked(open));
        return switch (names.size()) {
            case 0 -> "anybody who may approve here";
            case 1 -> names.get(0);
            default -> "one of " + String.join(", ", names);
        };
    }
}
