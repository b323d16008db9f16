package io.jenkins.plugins.gateddeploy.jenkins.agent;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.Map;

/** Servers as they are reached from the place that a route leads to at the time of each call. */
final class RoutedTargets implements Targets {
    private final Route route;
    private final Opening opening;
    private final Connector controller;
    private Targets here;
    private AgentTargets there;
    private boolean closed;

    /** @param controller reaches servers from the controller */
    RoutedTargets(Route route, Opening opening, Connector controller) {
        this.route = route;
        this.opening = opening;
        this.controller = controller;
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
        return current().run(commands);
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands, Output output) throws InterruptedException {
        return current().run(commands, output);
    }

    @Override
    public Map<Target, Outcome> send(Map<Target, Command> commands, Payload payload) throws InterruptedException {
        Targets current = current();
        return current instanceof AgentTargets
                ? current.send(commands, payload)
                : current.send(commands, AgentContent.readableHere(payload));
    }

    @Override
    public Map<Target, Outcome> relay(Target from, Command reading, Map<Target, Command> to)
            throws InterruptedException {
        return current().relay(from, reading, to);
    }

    @Override
    public Map<Target, Probe.Answer> probe(Map<Target, Probe> probes) throws InterruptedException {
        return current().probe(probes);
    }

    @Override
    public void standBy() {
        route.standBy();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (here != null) {
            here.close();
        }
        if (there != null) {
            there.close();
        }
        route.close();
    }

    private Targets current() throws InterruptedException {
        Place place = route.place();
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("These targets are closed already.");
            }
            return place instanceof Place.Agent agent ? on(agent) : here();
        }
    }

    private Targets here() {
        if (here == null) {
            here = controller.open(opening.access());
        }
        return here;
    }

    private Targets on(Place.Agent agent) {
        if (there == null || !there.isOver(agent.channel())) {
            there = new AgentTargets(agent.agent(), agent.channel(), opening);
        }
        return there;
    }
}
