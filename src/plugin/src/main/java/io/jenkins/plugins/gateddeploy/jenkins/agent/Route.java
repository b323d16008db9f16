package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/**
 * Finds the place where the connections of one deployment start, and another one when that is gone: first the agent it
 * began on, for which it waits a while; then another agent of the label; else the controller, so that no deployment is
 * left half done because an agent was.
 */
final class Route implements AutoCloseable {
    private static final long GLANCE_MILLIS = 250;

    private final Duration patience;
    private final String label;
    private final Consumer<String> say;
    private final Optional<Item> job;
    private final ReentrantLock looking = new ReentrantLock();
    private String agent;
    private Place place;
    private Seat seat;

    /**
     * A way that nobody has gone yet.
     *
     * @param start names the agent and the label
     * @param job in whose name an executor is taken when only a label is given; empty to take none
     * @param patience how long to wait for an agent that is configured but not connected
     * @param say takes a sentence when another place takes over
     */
    Route(Start start, Optional<Item> job, Duration patience, Consumer<String> say) {
        this.agent = start.agent();
        this.label = start.label();
        this.job = job;
        this.patience = patience;
        this.say = say;
    }

    /** {@return where to go now; the same as before as long as that is there} */
    Place place() throws InterruptedException {
        looking.lockInterruptibly();
        try {
            if (place == null || !place.isThere()) {
                place = find();
            }
            return place;
        } finally {
            looking.unlock();
        }
    }

    private Place find() throws InterruptedException {
        if (place == null && agent.isEmpty()) {
            return choose();
        }
        if (agent.isEmpty()) {
            return new Place.Controller();
        }
        Optional<Place> own = await(agent);
        if (own.isPresent()) {
            return own.get();
        }
        String lost = agent;
        Optional<Place> other = another();
        if (other.isPresent() && other.get() instanceof Place.Agent found) {
            agent = found.agent();
            say.accept("The agent " + lost + " is gone. Going on from the agent " + agent + ", which has the label "
                    + label + " too.");
            return found;
        }
        agent = "";
        say.accept("The agent " + lost + " is gone"
                + (label.isEmpty() ? "" : ", and no other one with the label " + label + " is connected")
                + ". Going on from the controller.");
        return new Place.Controller();
    }

    /** Only a label is given. */
    private Place choose() throws InterruptedException {
        if (job.isPresent()) {
            say.accept("Waiting for an executor of an agent with the label " + label + ".");
            seat = Seat.take(label, job.get());
            if (seat == null) {
                throw new InterruptedException("Somebody took the deployment out of Jenkins' queue.");
            }
            agent = seat.agent();
            if (!agent.isEmpty()) {
                say.accept("Connecting from the agent " + agent + ".");
                return find();
            }
        }
        Optional<Place> any = another();
        if (any.isPresent() && any.get() instanceof Place.Agent found) {
            agent = found.agent();
        }
        return any.orElseGet(Place.Controller::new);
    }

    /** The executor is free for others again; the way stays. */
    void standBy() {
        if (seat != null) {
            seat.close();
        }
    }

    @Override
    public void close() {
        standBy();
    }

    private Optional<Place> await(String name) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Computer computer = Jenkins.get().getComputer(name);
            // An agent that was deleted does not come back.
            if (computer == null || computer.getNode() == null) {
                return Optional.empty();
            }
            Optional<Place> found = Place.Agent.on(computer);
            if (found.isPresent() || System.nanoTime() > deadline) {
                return found;
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    private Optional<Place> another() {
        Label wanted = label.isEmpty() ? null : Jenkins.get().getLabel(label);
        if (wanted == null) {
            return Optional.empty();
        }
        for (Node node : wanted.getNodes()) {
            Computer computer = node.toComputer();
            if (computer != null && computer.isOnline()) {
                Optional<Place> found = Place.Agent.on(computer);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
