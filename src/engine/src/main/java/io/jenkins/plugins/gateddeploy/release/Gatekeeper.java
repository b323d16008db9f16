package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets a deployment pass that nobody has to approve, or that has been approved as it is now.
 *
 * @param ports the host
 * @param mandate what the host brings along
 * @param skip names of tasks that are left out
 */
record Gatekeeper(Ports ports, Mandate mandate, Set<String> skip) {
    private static final String DEPLOY_TOML = "deploy.toml has a section \"approval\"";
    private static final String REGISTRATION = "The environment's registration asks for approval";
    private static final String CURRENT = "deploy.toml of the release that is current has a section \"approval\"";

    /** {@return that of a request} */
    static Gatekeeper of(Ports ports, Deployer.Request request) {
        return new Gatekeeper(ports, request.mandate(), request.skip());
    }

    /**
     * Looks at what is known before anything is connected. A release that was current before has been approved before,
     * so going back needs no gate; but one that the host has opened has to be approved. An emergency goes past.
     *
     * @return the gate that was passed; empty when there is none
     * @throws ProblemException when people have to approve, and have not
     */
    Optional<Gate> admit(Configuration configuration, Kind kind) throws ProblemException {
        if (mandate.emergency()) {
            return Optional.empty();
        }
        if (!mandate.gate().isEmpty()) {
            return Optional.of(approved(configuration));
        }
        boolean asked = configuration.approval().isPresent() || !mandate.rules().isEmpty();
        if (kind == Kind.DEPLOY && asked) {
            throw required(configuration, configuration.approval().isPresent() ? DEPLOY_TOML : REGISTRATION);
        }
        return Optional.empty();
    }

    /**
     * Looks again when the targets are locked, so that nothing can change any more.
     *
     * @throws ProblemException when people have to approve, and have not, or have approved something else
     */
    void check(Configuration configuration, Revision revision, Map<Target, TargetState> states, Judgement judgement)
            throws ProblemException {
        if (mandate.emergency()) {
            return;
        }
        Planning planning = new Planning(configuration, revision, mandate.rules(), skip);
        List<Clause> rules = planning.rules(states.values());
        if (mandate.gate().isEmpty()) {
            if (!rules.isEmpty()) {
                throw required(configuration, CURRENT);
            }
            return;
        }
        compare(
                approved(configuration),
                configuration,
                planning.digest(states, judgement),
                rules,
                "deployed now is another plan: the version, the configuration, what is forced, which"
                        + " tasks are left out");
    }

    /**
     * Looks again when the targets of a way back are locked. One without a gate needs none.
     *
     * @param to what is gone back to
     * @throws ProblemException when people have not approved it, or have approved something else
     */
    void check(Configuration configuration, About to, boolean undo, Map<Target, TargetState> states)
            throws ProblemException {
        if (mandate.emergency() || mandate.gate().isEmpty()) {
            return;
        }
        List<About> from =
                states.values().stream().flatMap(s -> s.currentAbout().stream()).toList();
        Plan plan = new GoingBack(configuration, mandate.rules(), skip, undo).plan(to, from, List.of());
        compare(
                approved(configuration),
                configuration,
                plan.digest(),
                plan.rules(),
                "gone back to now is another plan: the release, the configuration, which tasks are left out or"
                        + " taken back");
    }

    private static void compare(
            Gate gate, Configuration configuration, String digest, List<Clause> rules, String otherwise)
            throws ProblemException {
        if (!gate.subject().plan().equals(digest) || !gate.rules().clauses().containsAll(rules)) {
            throw new ProblemException(
                    "gate.stale",
                    "People approved " + gate.subject().revision() + " for " + configuration.environment()
                            + ", but what would be " + otherwise
                            + ", or who has to approve has changed since (approved "
                            + shortened(gate.subject().plan())
                            + ", now " + shortened(digest) + ").",
                    "Ask again for approval of the plan as it is now.");
        }
    }

    private Gate approved(Configuration configuration) throws ProblemException {
        Gate gate = ports.history()
                .gates()
                .find(mandate.gate())
                .orElseThrow(() -> new ProblemException(
                        "gate.unknown",
                        "There is no gate with the id " + mandate.gate() + ".",
                        "Ask again for approval."));
        if (!isOurs(gate, configuration)) {
            throw new ProblemException(
                    "gate.other",
                    "The gate " + gate.id() + " was opened for something else: "
                            + gate.subject().revision() + " of "
                            + gate.subject().app() + " for "
                            + gate.subject().environment() + ".",
                    "Ask for approval of this deployment.");
        }
        Standing standing = gate.standing(ports.clock().instant());
        if (standing != Standing.APPROVED) {
            throw new ProblemException("gate.not-approved", notApproved(gate, standing), "");
        }
        return gate;
    }

    /** What people said to one build or deployment is nothing that another may use. */
    private boolean isOurs(Gate gate, Configuration configuration) {
        Subject subject = gate.subject();
        Origin origin = ports.history()
                .find(mandate.deployment())
                .map(DeploymentRecord::origin)
                .orElse(mandate.origin());
        return subject.app().equals(configuration.app())
                && subject.environment().equals(configuration.environment())
                && (subject.deployment().isEmpty() || subject.deployment().equals(mandate.deployment()))
                && (subject.build() == 0
                        || (subject.build() == origin.build() && subject.job().equals(origin.job())));
    }

    private static String notApproved(Gate gate, Standing standing) {
        return switch (standing) {
            case OPEN, APPROVED ->
                "The gate is not open yet; still needed: "
                        + gate.needed().stream().map(Gate.Need::words).collect(Collectors.joining("; ")) + ".";
            case REJECTED, TIMED_OUT, CANCELLED ->
                "The gate did not open (" + standing + "): "
                        + gate.closed().map(Gate.Closed::why).orElse("its time was over at " + gate.deadline() + ".");
        };
    }

    private static ProblemException required(Configuration configuration, String who) {
        return new ProblemException(
                "gate.required",
                who + " for " + configuration.environment()
                        + ": people have to approve this deployment, and nobody has been asked.",
                "Ask them: in Jenkins, or by deploying to it from the command line, which opens a gate.");
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(7, digest.length()));
    }
}
