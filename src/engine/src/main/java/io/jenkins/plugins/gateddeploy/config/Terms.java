package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be asked for beside a number of approvals. Null, as in what older versions wrote, is nothing.
 *
 * @param allOf user ids and {@code @groups} each of which has to give one approval; those of a person who is several of
 *     them count for each
 * @param requesterMayApprove whether the approval of the person who asked for the deployment counts
 * @param remind how long before the deadline people are reminded; the longest first
 * @param escalate who may approve too after a while
 * @param hours when approvals are taken; empty for always
 */
public record Terms(
        List<String> allOf,
        boolean requesterMayApprove,
        List<Duration> remind,
        Optional<Escalation> escalate,
        Optional<Hours> hours) {

    /**
     * Who may approve too after a while.
     *
     * @param after since the gate was opened; above zero
     * @param to user ids and {@code @groups}; at least one
     */
    public record Escalation(Duration after, List<String> to) {
        public Escalation {
            Objects.requireNonNull(after, "after");
            to = to.stream().distinct().sorted().toList();
        }
    }

    public Terms {
        allOf = allOf == null ? List.of() : allOf.stream().distinct().sorted().toList();
        remind = remind == null
                ? List.of()
                : remind.stream().distinct().sorted(Comparator.reverseOrder()).toList();
        escalate = Objects.requireNonNullElse(escalate, Optional.empty());
        hours = Objects.requireNonNullElse(hours, Optional.empty());
    }

    /** {@return nothing more, and no approval by the person who asked} */
    public static Terms none() {
        return new Terms(List.of(), false, List.of(), Optional.empty(), Optional.empty());
    }

    /** {@return the same, with an approval by each of some} */
    public Terms withAllOf(List<String> names) {
        return new Terms(names, requesterMayApprove, remind, escalate, hours);
    }

    /** {@return the same, with the approval of the person who asked counting, or not} */
    public Terms withRequester(boolean mayApprove) {
        return new Terms(allOf, mayApprove, remind, escalate, hours);
    }

    /** {@return the same, with reminders} */
    public Terms withReminders(List<Duration> before) {
        return new Terms(allOf, requesterMayApprove, before, escalate, hours);
    }

    /** {@return the same, with others who may approve after a while} */
    public Terms withEscalation(Duration after, List<String> to) {
        return new Terms(allOf, requesterMayApprove, remind, Optional.of(new Escalation(after, to)), hours);
    }

    /** {@return the same, with hours in which approvals are taken} */
    public Terms withHours(Hours when) {
        return new Terms(allOf, requesterMayApprove, remind, escalate, Optional.of(when));
    }
}
