package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deployment of an order that waits for people: between the calls there is nothing of it but rows of the history.
 *
 * @param site of the order
 * @param ticket of the order
 */
public record Held(Site site, Ticket ticket) {

    /** {@return the gate that the order has asked at before Jenkins was restarted} */
    public Optional<Gate> asked() throws IOException {
        Optional<Gate> gate = history().gates().find(ticket.gate());
        Optional<DeploymentRecord> record =
                gate.flatMap(g -> history().find(g.subject().deployment()));
        if (record.isPresent() && ticket.deployment().isEmpty()) {
            ticket.waitsAs(
                    record.get().id(), Kept.plan(record.get()).map(Held::commit).orElse(""));
        }
        return gate;
    }

    /** {@return whether the deployment went through its gate, and ended} */
    public boolean isOver() {
        return !ticket.passed().isEmpty()
                && history()
                        .find(ticket.deployment())
                        .map(r -> r.state().isFinal())
                        .orElse(false);
    }

    /** {@return the gate at which the deployment waits from now on} */
    Gate hold(Deployer.Request request, Configurations.Source file, Inquiry inquiry)
            throws ProblemException, IOException {
        Waiting waiting = new Waiting(site.ports(file));
        String ref = inquiry.plan().ref();
        DeploymentRecord record = announced()
                .or(() -> halfAnnounced(waiting, inquiry, request.mandate().origin()))
                .orElseGet(() -> waiting.announce(request.configuration(), Kind.DEPLOY, ref, request.mandate()));
        Kept.keep(record, file);
        Kept.keep(record, inquiry.plan());
        DeploymentAction.remember(site.build(), record);
        ticket.waitsAs(record.id(), commit(inquiry.plan()));
        return waiting.hold(inquiry.gate(ticket.gate(), record.id()));
    }

    /** Lets the deployment wait from now on for its environment to open. */
    void outside(Deployer.Request request, Configurations.Source file, Revision revision, Closed closed)
            throws ProblemException, IOException {
        Waiting waiting = new Waiting(site.ports(file));
        if (announced().isEmpty()) {
            DeploymentRecord record =
                    waiting.announce(request.configuration(), Kind.DEPLOY, revision.ref(), request.mandate());
            Kept.keep(record, file);
            DeploymentAction.remember(site.build(), record);
            ticket.waitsAs(record.id(), revision.isCommit() ? revision.id() : "");
        }
        waiting.hold(ticket.deployment(), closed.waiting(request.configuration().environment()));
    }

    /** {@return the deployment that waits already} */
    private Optional<DeploymentRecord> announced() {
        return ticket.deployment().isEmpty() ? Optional.empty() : history().find(ticket.deployment());
    }

    /** The digest of a folder is no name that git knows. */
    private static String commit(Plan plan) {
        return plan.coming().id().length() == 40 ? plan.coming().id() : "";
    }

    /** Jenkins may have died between taking a number and asking. */
    private Optional<DeploymentRecord> halfAnnounced(Waiting waiting, Inquiry inquiry, Origin origin) {
        if (!ticket.isResumed()) {
            return Optional.empty();
        }
        Set<String> lined = history().lanes().all().stream()
                .flatMap(queue -> queue.entries().stream())
                .map(entry -> entry.claim().deployment())
                .collect(Collectors.toSet());
        return waiting.all().stream()
                .filter(r -> !lined.contains(r.id()))
                .filter(r -> r.app().equals(inquiry.plan().app())
                        && r.environment().equals(inquiry.plan().environment())
                        && r.origin().job().equals(origin.job())
                        && r.origin().build() == origin.build())
                .filter(r -> r.state() == State.QUEUED || r.passed().gate().equals(ticket.gate()))
                .filter(waiting::adopt)
                .findFirst();
    }

    /** Ends the deployment that waited, because its gate has closed without opening. */
    public void settle(Gate gate) {
        new Waiting(ports()).settle(gate);
    }

    /**
     * Ends the deployment that waits, and takes its gate back.
     *
     * @param why one sentence for people
     */
    public void cancel(String why) {
        if (!ticket.deployment().isEmpty()) {
            new Waiting(ports()).cancel(ticket.deployment(), why);
        }
    }

    /** Nothing is deployed here, so nothing is kept to deploy it by. */
    private Ports ports() {
        return site.ports(new Configurations.Source("", ""));
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
