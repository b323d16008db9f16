package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Approval;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one source asks for before a gate opens. A gate opens only when each of its clauses is met, so that no source
 * can loosen what another asks for.
 *
 * @param approvers user ids ({@code alice}) and groups ({@code @release-managers}); empty for everybody whom the host
 *     lets decide. One never matches the other
 * @param required how many different people have to approve; at least 1
 * @param authorMayApprove whether the approval of somebody who wrote a part of the change counts
 * @param timeout how long the gate waits; above zero
 * @param from who asks for it
 */
public record Clause(List<String> approvers, int required, boolean authorMayApprove, Duration timeout, Source from) {

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
        if (required < 1) {
            throw new IllegalArgumentException("a clause requires at least one approval, not " + required);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a clause waits for some time, not for " + timeout);
        }
    }

    /** {@return what a deploy.toml asks for} */
    public static Clause of(Approval approval, Source from) {
        return new Clause(
                approval.approvers(), approval.required(), approval.authorMayApprove(), approval.timeout(), from);
    }

    /** {@return the names of this clause that stand for a person: its own, and those of its groups} */
    Set<String> namesOf(Actor actor) {
        Set<String> names = new TreeSet<>();
        for (String approver : approvers) {
            boolean meant = approver.startsWith("@")
                    ? actor.groups().contains(approver.substring(1))
                    : approver.equals(actor.id());
            if (meant) {
                names.add(approver);
            }
        }
        return names;
    }

    /** {@return whether somebody who decides under these names is one of those who are asked} */
    boolean asks(Set<String> names) {
        return approvers.isEmpty() || approvers.stream().anyMatch(names::contains);
    }

    /** {@return who may approve, as people read it: {@code one of @qa, alice}} */
    public String who() {
        return switch (approvers.size()) {
            case 0 -> "anybody who may approve here";
            case 1 -> approvers.get(0);
            default -> "one of " + String.join(", ", approvers);
        };
    }
}
