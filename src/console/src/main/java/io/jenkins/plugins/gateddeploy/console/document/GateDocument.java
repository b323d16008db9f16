package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plan's wait for people.
 *
 * @param id of the gate
 * @param app application
 * @param environment environment
 * @param plan digest of the plan, which a decision brings back
 * @param revision what is to come
 * @param message what people are asked; may be empty
 * @param deployment id of the deployment that waits; empty when none does
 * @param standing {@code OPEN} or how it ended
 * @param why how it ended, one sentence; empty while it is open
 * @param opened since when it waits
 * @param deadline until when
 * @param closed when it ended; null while it is open
 * @param decisions in the order they were taken
 * @param needed who is still needed, in words; empty when nobody is
 * @param automation whether it was to open without people, and what came of that; null when nobody wished it
 * @param mayDecide whether the viewer may approve or reject now
 * @param refusal why not; null when they may
 * @param mayWithdraw whether the viewer may take back what they said
 * @param terms when what changes while it is open; null when it is closed
 * @param detail what people decide on; null in lists
 */
public record GateDocument(
        String id,
        String app,
        String environment,
        String plan,
        String revision,
        String message,
        String deployment,
        String standing,
        String why,
        Instant opened,
        Instant deadline,
        Instant closed,
        List<Said> decisions,
        List<String> needed,
        Automatic automation,
        boolean mayDecide,
        ProblemDocument refusal,
        boolean mayWithdraw,
        Terms terms,
        Detail detail) {

    /**
     * When what changes while a gate is open.
     *
     * @param approvable whether approvals are taken now; rejections always are
     * @param hours when approvals are taken next; null when they are now, or never
     * @param reminders when people are reminded
     * @param escalations when others may approve too
     */
    public record Terms(boolean approvable, Instant hours, List<Instant> reminders, List<Wider> escalations) {
        /**
         * Others who may approve too.
         *
         * @param time from when on
         * @param to user ids, and groups with an {@code @}
         */
        public record Wider(Instant time, List<String> to) {}

        static Terms of(Gate gate, Instant now) {
            Optional<Instant> hours = gate.hours(now);
            boolean approvable = hours.filter(now::equals).isPresent();
            return new Terms(
                    approvable,
                    approvable ? null : hours.orElse(null),
                    gate.reminders(),
                    gate.escalations().stream()
                            .map(w -> new Wider(w.time(), w.to()))
                            .toList());
        }
    }

    /**
     * What people decide on.
     *
     * @param build what asks; null when that is nowhere or not known
     * @param change what the plan does; null where the host has not kept it
     * @param evidence what people look at before they decide
     */
    public record Detail(DeploymentDocument.Build build, ChangeDocument change, List<EvidenceDocument> evidence) {}

    /**
     * What one person said.
     *
     * @param person user id
     * @param name as people read it
     * @param verdict {@code APPROVE} or {@code REJECT}
     * @param comment may be empty
     * @param time when
     */
    public record Said(String person, String name, String verdict, String comment, Instant time) {
        static Said of(Decision decision) {
            return new Said(
                    decision.person(), decision.name(), decision.verdict().name(), decision.comment(), decision.time());
        }
    }

    /**
     * What came of the wish that a gate opens without people.
     *
     * @param opened whether it did
     * @param conditions in the order in which they were stated
     * @param reasons why people have to decide, a sentence each; empty when they need not
     */
    public record Automatic(boolean opened, List<Condition> conditions, List<String> reasons) {
        /**
         * A condition.
         *
         * @param name as in deploy.toml: {@code build-success}
         * @param held whether it was so when the gate was made
         * @param found what was found
         */
        public record Condition(String name, boolean held, String found) {}

        static Automatic of(Rules rules) {
            Automation automation = rules.automation();
            return new Automatic(
                    rules.needNobody(),
                    automation.findings().stream()
                            .map(f -> new Condition(f.condition(), f.held(), f.found()))
                            .toList(),
                    automation.reasons());
        }
    }

    /**
     * {@return the gate}
     *
     * @param refusal why the viewer may not decide; empty when they may
     * @param mayWithdraw whether the viewer may take back what they said
     */
    public static GateDocument of(Gate gate, Instant now, Optional<Problem> refusal, boolean mayWithdraw) {
        return new GateDocument(
                gate.id(),
                gate.subject().app(),
                gate.subject().environment(),
                gate.subject().plan(),
                gate.subject().revision(),
                gate.subject().message(),
                gate.subject().deployment(),
                gate.standing(now).name(),
                gate.closed().map(Gate.Closed::why).orElse(""),
                gate.opened(),
                gate.deadline(),
                gate.closed().map(Gate.Closed::time).orElse(null),
                gate.decisions().stream().map(Said::of).toList(),
                gate.closed().isPresent()
                        ? List.of()
                        : gate.needed(now).stream().map(Gate.Need::words).toList(),
                gate.rules().automation().wished() ? Automatic.of(gate.rules()) : null,
                refusal.isEmpty(),
                refusal.map(ProblemDocument::of).orElse(null),
                mayWithdraw,
                gate.standing(now) == Standing.OPEN ? Terms.of(gate, now) : null,
                null);
    }

    /** {@return the same with what people decide on} */
    public GateDocument with(Detail what) {
        return new GateDocument(
                id,
                app,
                environment,
                plan,
                revision,
                message,
                deployment,
                standing,
                why,
                opened,
                deadline,
                closed,
                decisions,
                needed,
                automation,
                mayDecide,
                refusal,
                mayWithdraw,
                terms,
                what);
    }
}
