package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Consent;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Submission;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for the approval of a deployment from a terminal. Nobody waits at a terminal for others: a gate is opened, and the
 * next deployment of the same plan goes through it.
 *
 * @param root what the user asked for
 * @param host this machine
 */
record Approval(GatedDeploy root, Host host) {

    /**
     * {@return the gate that the deployment goes through, or that it has to wait at; empty when nobody has to be asked}
     *
     * @throws ProblemException when the checks stand against it, so that nobody is asked
     */
    Optional<Gate> needed(Deployer.Request request, Version version) throws ProblemException, InterruptedException {
        Ports ports = host.ports(line -> {}, Progress.none());
        Consent consent = new Consent(ports);
        if (!consent.mayBeNeeded(request)) {
            return Optional.empty();
        }
        Plan plan = new Deployer(ports).plan(request, version);
        plan.judgement().require();
        return plan.needsGate() ? Optional.of(of(plan)) : Optional.empty();
    }

    /** {@return the gate of a plan: one that was approved and not used, one that waits, or a new one} */
    Gate of(Plan plan) throws ProblemException {
        Ports ports = host.ports(line -> {}, Progress.none());
        Consent consent = new Consent(ports);
        Optional<Gate> known = consent.unused(plan).or(() -> consent.waiting(plan));
        if (known.isPresent()) {
            return known.get();
        }
        Gate gate = opening(plan, ports);
        host.plans().keep(gate.id(), plan);
        host.plans().sweep(ports.history().gates(), Instant.now());
        return ports.history().gates().open(gate);
    }

    /** Nobody here knows which of this machine's users wrote a commit. */
    private static Gate opening(Plan plan, Ports ports) {
        Submission submission = new Submission(
                plan,
                Submission.Writers.unknown(plan),
                Origin.none(),
                ports.actor().id());
        Facts facts = plan.facts(Optional.empty(), Optional.empty());
        return submission.gate(UUID.randomUUID().toString(), "", facts, Instant.now());
    }

    /** {@return whether the gate lets the deployment pass; says who is needed when it does not} */
    boolean isGiven(Gate gate) {
        Instant now = Instant.now();
        if (gate.standing(now) == Standing.APPROVED) {
            Reading.of(root)
                    .out()
                    .println("  gate     "
                            + Style.plain(gate.closed().map(Gate.Closed::why).orElse("")));
            return true;
        }
        List<String> needed = gate.needed(now).stream().map(Gate.Need::words).toList();
        if (root.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("exitCode", ExitCode.CANCELLED);
            document.put("gate", gate.id());
            document.put("plan", gate.subject().plan());
            document.put("revision", gate.subject().revision());
            document.put("needed", needed);
            document.put("reasons", gate.rules().automation().reasons());
            document.put("deadline", gate.deadline().toString());
            Json.print(root.outside.out(), document);
        }
        Reading reading = Reading.of(root);
        gate.rules().automation().reasons().forEach(r -> reading.out().println("  held     " + Style.plain(r)));
        reading.out().println("Nothing was changed: people have to approve this first, until " + gate.deadline() + ".");
        needed.forEach(need -> reading.out().println("  needed   " + Style.plain(need)));
        reading.out().println("  plan     " + gate.subject().plan());
        reading.out().println("  approve  gated-deploy approve " + gate.id());
        reading.out().println("Run this again when they have.");
        return false;
    }
}
