package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.document.ChangeDocument;
import io.jenkins.plugins.gateddeploy.console.document.GateDocument;
import io.jenkins.plugins.gateddeploy.console.document.GatesDocument;
import io.jenkins.plugins.gateddeploy.console.document.ProblemDocument;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The gates that a viewer may see, and what people say there.
 *
 * @param gates where they are
 * @param host who takes decisions
 * @param clock until when one can be taken
 */
record GateDecisions(Gates gates, ConsoleHost host, Clock clock) {
    private static final int NEWEST = 100;
    /** More than people have ever had to decide at once. */
    private static final int ALL_OPEN = 5000;

    private static final int LONGEST_COMMENT = 4000;

    /**
     * What the front end asks for.
     *
     * @param verdict yes or no
     * @param comment may be null
     * @param plan digest of the plan that the person saw
     */
    record Wish(Verdict verdict, String comment, String plan) {}

    /** {@return the gates that match} */
    GatesDocument list(Request request) {
        Optional<Filter.Job> job = Deployments.job(request);
        GateFilter filter = new GateFilter(
                request.parameter("open").map(yes -> clock.instant()),
                request.parameter("app"),
                request.parameter("environment"),
                job.map(Filter.Job::name),
                job.map(Filter.Job::children).orElse(false),
                job.map(Filter.Job::build).orElse(0),
                request.parameter("deployment"),
                request.parameter("open").isPresent() ? ALL_OPEN : NEWEST);
        return new GatesDocument(gates.list(filter).stream()
                .filter(gate -> isVisible(request.viewer(), gate))
                .map(gate -> document(request.viewer(), gate))
                .toList());
    }

    /** {@return one gate} */
    GateDocument one(Request request, String id) {
        return detailed(request.viewer(), find(request.viewer(), id));
    }

    /** {@return the newest gate of a deployment, if there is one} */
    Optional<GateDocument> of(Viewer viewer, String deployment) {
        return gates.list(GateFilter.ofDeployment(deployment, 1)).stream()
                .filter(gate -> isVisible(viewer, gate))
                .findFirst()
                .map(gate -> document(viewer, gate));
    }

    /** {@return those that wait for people, by place; the one opened last first} */
    Map<Place, List<GateDocument>> open(Viewer viewer) {
        return gates.list(GateFilter.open(clock.instant(), ALL_OPEN)).stream()
                .filter(gate -> isVisible(viewer, gate))
                .collect(Collectors.groupingBy(
                        gate -> new Place(gate.subject().app(), gate.subject().environment()),
                        Collectors.mapping(gate -> document(viewer, gate), Collectors.toList())));
    }

    /** {@return the gate after the decision} */
    GateDocument decide(Request request, String id) {
        Gate gate = find(request.viewer(), id);
        Wish wish = Json.read(request.body(), Wish.class);
        String comment = Optional.ofNullable(wish.comment()).orElse("").strip();
        if (wish.verdict() == null) {
            throw ProblemReport.badRequest("The verdict is missing: APPROVE or REJECT.")
                    .refusal();
        }
        if (comment.length() > LONGEST_COMMENT) {
            throw ProblemReport.badRequest("A comment has at most " + LONGEST_COMMENT + " characters.")
                    .refusal();
        }
        if (wish.plan() == null) {
            throw ProblemReport.badRequest("The plan is missing: the digest of what was shown.")
                    .refusal();
        }
        Optional<String> seen = Optional.of(wish.plan());
        return after(request, gate, actor -> host.decide(id, new Vote(actor, wish.verdict(), comment, seen)));
    }

    /** {@return the gate after the viewer has taken back what they said} */
    GateDocument withdraw(Request request, String id) {
        Gate gate = find(request.viewer(), id);
        return after(request, gate, actor -> host.withdraw(actor, id));
    }

    /** What the host does with a gate for a person. */
    @FunctionalInterface
    private interface Deed {
        Gate done(Actor actor) throws GateException;
    }

    private GateDocument after(Request request, Gate gate, Deed deed) {
        mayApprove(request.viewer(), gate).ifPresent(problem -> {
            throw ProblemReport.forbidden(problem.message()).refusal();
        });
        try {
            return document(request.viewer(), deed.done(request.viewer().actor()));
        } catch (GateException e) {
            throw new ProblemReport(409, "Not decided", e.problem().message(), List.of(ProblemDocument.of(e.problem())))
                    .refusal();
        }
    }

    private Gate find(Viewer viewer, String id) {
        return gates.find(id)
                .filter(gate -> isVisible(viewer, gate))
                .orElseThrow(() ->
                        ProblemReport.notFound("There is no gate " + id + ".").refusal());
    }

    private GateDocument detailed(Viewer viewer, Gate gate) {
        return document(viewer, gate)
                .with(new GateDocument.Detail(
                        host.build(gate).orElse(null),
                        host.plan(gate).map(ChangeDocument::of).orElse(null),
                        host.evidence(gate)));
    }

    private static boolean isVisible(Viewer viewer, Gate gate) {
        return viewer.may(Act.VIEW, gate.subject().app(), gate.subject().environment())
                && viewer.sees(gate.subject().job());
    }

    private GateDocument document(Viewer viewer, Gate gate) {
        Instant now = clock.instant();
        Optional<Problem> refusal = gate.refusal(viewer.actor(), now).or(() -> mayApprove(viewer, gate));
        boolean mayWithdraw = gate.standing(now) == Standing.OPEN
                && gate.decisions().stream()
                        .anyMatch(d -> d.person().equals(viewer.actor().id()))
                && mayApprove(viewer, gate).isEmpty();
        return GateDocument.of(gate, now, refusal, mayWithdraw);
    }

    /** {@return why the host does not let somebody decide, whatever the gate says} */
    private static Optional<Problem> mayApprove(Viewer viewer, Gate gate) {
        String app = gate.subject().app();
        String environment = gate.subject().environment();
        return viewer.decides(gate.subject().job(), app, environment)
                ? Optional.empty()
                : Optional.of(Problem.error(
                        "gate.permission",
                        viewer.actor().name() + " lacks the permission to approve for " + app + " in " + environment
                                + ".",
                        "Log in as somebody who has it, or have whoever administers this host give it."));
    }
}
