package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one deployment.
 *
 * @param deployment as in lists
 * @param targets what each has; empty before that is known
 * @param problems what checks found
 * @param events what happened, oldest first
 * @param commits what it brings; null where that was not kept
 * @param approvers names of those who approved; may be empty
 * @param gate the gate it waits at or has passed; null where there is none
 * @param log address of its log, relative to the API's root
 */
public record DetailsDocument(
        DeploymentDocument deployment,
        List<OnTarget> targets,
        List<ProblemDocument> problems,
        List<Step> events,
        CommitsDocument commits,
        String approvers,
        GateDocument gate,
        String log) {

    /**
     * What one target ended with.
     *
     * @param target its name
     * @param current id of the release that is current there; empty when there is none or nobody knows
     * @param wanted whether that is the release of this deployment
     * @param message what happened there
     */
    public record OnTarget(String target, String current, boolean wanted, String message) {}

    /**
     * A step in its life.
     *
     * @param time when
     * @param state from here on
     * @param message may be empty
     */
    public record Step(Instant time, String state, String message) {}

    /** As long as a deployment waits, what was found is in its plan. */
    private static List<ProblemDocument> problems(DeploymentRecord record, Optional<Plan> plan) {
        Judgement judgement = record.problems().isEmpty() && !record.state().isFinal()
                ? plan.map(Plan::judgement).orElseGet(Judgement::good)
                : record.judgement();
        return judgement.problems().stream()
                .map(problem -> ProblemDocument.of(problem, judgement))
                .toList();
    }

    /** {@return all of it} */
    public static DetailsDocument of(
            DeploymentDocument deployment,
            DeploymentRecord record,
            List<Event> events,
            Optional<Plan> plan,
            Optional<GateDocument> gate) {
        return new DetailsDocument(
                deployment,
                record.targets().stream()
                        .map(t -> new OnTarget(
                                t.target(),
                                t.current(),
                                !t.current().isEmpty() && t.current().equals(record.release()),
                                t.message()))
                        .toList(),
                problems(record, plan),
                events.stream()
                        .map(e -> new Step(e.time(), e.state().name(), e.message()))
                        .toList(),
                plan.map(Plan::commits).map(CommitsDocument::of).orElse(null),
                record.passed().approvers(),
                gate.orElse(null),
                "deployments/" + record.id() + "/log");
    }
}
