package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.QueueRules;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.LanePlace;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.io.IOException;
import java.util.Optional;

/**
 * The place of an order in its lane: between the calls there is nothing of it but rows of the history.
 *
 * @param site of the order
 * @param ticket of the order
 */
public record Lineup(Site site, Ticket ticket) {

    /**
     * What is waited for.
     *
     * @param ref as the order names it, for people
     * @param branch by which a newer one makes an older one pointless; empty for none
     * @param commit that is deployed when the turn comes, whatever the branch is at by then; empty when there is none
     */
    record Wish(Kind kind, String ref, String branch, String commit) {}

    /** {@return the place, as long as the order has one} */
    public Optional<Entry> entry() {
        Optional<Entry> entry = history().lanes().find(ticket.place());
        // Jenkins may have died between joining and writing that down.
        entry.filter(e -> !ticket.isLinedUp()).ifPresent(e -> {
            ticket.waitsAs(e.claim().deployment(), ticket.commit());
            ticket.linedUp();
        });
        return entry;
    }

    /** {@return the place that the order has from now on, at the end of the lane} */
    Entry join(Deployer.Request request, Configurations.Source file, Wish wish) throws ProblemException, IOException {
        Configuration configuration = request.configuration();
        QueueRules rules = file.queue(configuration.environment());
        Waiting waiting = new Waiting(site.ports(file));
        DeploymentRecord record = ticket.deployment().isEmpty()
                ? waiting.announce(configuration, wish.kind(), wish.ref(), request.mandate())
                : history().find(ticket.deployment()).orElseThrow();
        DeploymentAction.remember(site.build(), record);
        ticket.waitsAs(record.id(), ticket.commit().isEmpty() ? wish.commit() : ticket.commit());
        Lane lane = new Lane(configuration.app(), configuration.environment());
        ticket.linedUp();
        return waiting.join(record, new LanePlace(ticket.place(), ticket.above(lane), wish.branch(), rules));
    }

    /** {@return what the build's console says while the order waits} */
    public String waiting(Entry entry) {
        Queue queue = history().lanes().queue(entry.lane());
        int place = queue.waiting().indexOf(entry) + 1;
        String why = queue.pause()
                .map(pause -> " It is paused by " + pause.by() + ": " + pause.why())
                .orElseGet(() -> queue.holder()
                        .filter(holder -> !holder.id().equals(entry.id()))
                        .map(holder -> " It is the turn of " + holder.claim().title() + ".")
                        .orElse(""));
        return "Waiting in " + entry.lane().words() + " as " + entry.claim().title() + ", place " + Math.max(place, 1)
                + "." + why;
    }

    /** {@return why the order waits no longer, though it had no turn; empty when it had, or waits} */
    public Optional<String> takenOut() {
        History history = history();
        return history.find(ticket.deployment())
                .filter(r -> ticket.isLinedUp() && r.state() == State.CANCELLED)
                .filter(r -> history.events(r.id()).stream().noneMatch(e -> e.state() == State.CHECKING))
                .map(DeploymentRecord::message);
    }

    /** {@return whether the deployment had its turn, and ended} */
    public boolean isOver() {
        return ticket.isLinedUp()
                && history()
                        .find(ticket.deployment())
                        .map(r -> r.state().isFinal())
                        .orElse(false);
    }

    /**
     * Gives the place up: the deployment has ended, or ends by this because it cannot begin.
     *
     * @param why it cannot begin, in one sentence for people
     */
    public void leave(String why) {
        if (ticket.isLinedUp() && !isOver()) {
            waiting().fail(ticket.deployment(), why);
            history().lanes().leave(ticket.place());
        }
    }

    /** Gives the place up, and waits for something else now; later the order joins anew, at the end of the lane. */
    public void stepOut() {
        if (ticket.isLinedUp()) {
            history().lanes().leave(ticket.place());
            ticket.steppedOut();
        }
    }

    /**
     * Ends the deployment that waits, and gives the place up.
     *
     * @param why one sentence for people
     */
    public void cancel(String why) {
        // One that has begun is not over yet, and others must not go before it is.
        if (ticket.isLinedUp()
                && waiting().cancel(ticket.deployment(), why).state().isFinal()) {
            history().lanes().leave(ticket.place());
        }
    }

    /** Nothing is deployed here, so nothing is kept to deploy it by. */
    private Waiting waiting() {
        return new Waiting(site.ports(new Configurations.Source("", "")));
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
