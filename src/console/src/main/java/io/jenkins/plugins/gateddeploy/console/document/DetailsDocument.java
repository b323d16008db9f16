package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.Course;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one deployment.
 *
 * @param deployment as in lists
 * @param phases how far it has come
 * @param targets what each does or has; empty before that is known
 * @param problems what checks found
 * @param events what happened, oldest first
 * @param commits what it brings; null where that was not kept
 * @param approvers names of those who approved; may be empty
 * @param gate the gate it waits at or has passed; null where there is none
 * @param log address of its log, relative to the API's root
 */
public record DetailsDocument(
        DeploymentDocument deployment,
        List<PhaseDocument> phases,
        List<OnTarget> targets,
        List<ProblemDocument> problems,
        List<Step> events,
        CommitsDocument commits,
        String approvers,
        GateDocument gate,
        String log) {

    /**
     * What one target does, or ended with.
     *
     * @param target its name
     * @param current id of the release that is current there; empty when there is none or nobody knows
     * @param wanted whether that is the release of this deployment
     * @param message what happened there; of a deployment that goes on what is done there
     * @param standing where it stands
     * @param since since when it does that; null when it has ended
     */
    public record OnTarget(
            String target, String current, boolean wanted, String message, Standing standing, Instant since) {}

    /** Where a target stands. */
    public enum Standing {
        /** Something is done there. */
        WORKING,
        /** It has the release, or is as it was before. */
        DONE,
        /** Something went wrong there. */
        FAILED
    }

    /**
     * A step in its life.
     *
     * @param time when
     * @param state from here on
     * @param message may be empty
     */
    public record Step(Instant time, String state, String message) {}

    private static final String AFTER_THE_SWITCH = "tasks after the switch";

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
            Course course,
            Optional<Plan> plan,
            Optional<GateDocument> gate) {
        return new DetailsDocument(
                deployment,
                PhaseDocument.of(record, events, course),
                targets(record, course),
                problems(record, plan),
                events.stream()
                        .map(e -> new Step(e.time(), e.state().name(), e.message()))
                        .toList(),
                plan.map(Plan::commits).map(CommitsDocument::of).orElse(null),
                record.passed().approvers(),
                gate.orElse(null),
                "deployments/" + record.id() + "/log");
    }

    private static List<OnTarget> targets(DeploymentRecord record, Course course) {
        if (!record.targets().isEmpty() || record.state().isFinal()) {
            return record.targets().stream().map(t -> ended(record, t)).toList();
        }
        // From then on every target has it, until one goes back.
        boolean isSwitched = course.phases().stream().anyMatch(p -> p.name().equals(AFTER_THE_SWITCH))
                && course.phases().stream().noneMatch(p -> p.name().equals(PhaseDocument.GOING_BACK));
        return course.targets().stream()
                .map(t -> new OnTarget(
                        t.target(),
                        isSwitched ? record.release() : "",
                        isSwitched,
                        t.doing(),
                        t.failed() ? Standing.FAILED : Standing.WORKING,
                        t.since()))
                .toList();
    }

    private static OnTarget ended(DeploymentRecord record, DeploymentRecord.TargetOutcome t) {
        boolean wanted = !t.current().isEmpty() && t.current().equals(record.release());
        boolean failed = record.state() != State.SUCCEEDED && !t.message().isEmpty();
        return new OnTarget(
                t.target(), t.current(), wanted, t.message(), failed ? Standing.FAILED : Standing.DONE, null);
    }
}
