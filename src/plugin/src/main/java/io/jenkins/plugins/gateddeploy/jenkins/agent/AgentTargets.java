package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.remoting.Channel;
import hudson.remoting.Pipe;
import hudson.remoting.RemoteOutputStream;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Servers as an agent reaches them: each call here is one call there. When the channel to the agent breaks, the outcome
 * is {@link Outcome.Reason#LOST} for every target, since nobody knows how far it had come.
 */
final class AgentTargets implements Targets {
    private static final Logger LOGGER = Logger.getLogger(AgentTargets.class.getName());

    private final String agent;
    private final Channel channel;
    private final Opening opening;
    private final String station = UUID.randomUUID().toString();
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Opens nothing yet.
     *
     * @param agent its name, for messages
     */
    AgentTargets(String agent, Channel channel, Opening opening) {
        this.agent = agent;
        this.channel = channel;
        this.opening = opening;
    }

    /** {@return whether it uses that channel} */
    boolean isOver(Channel other) {
        return channel == other;
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
        return call(new Job.Run(new LinkedHashMap<>(commands)), lost(commands.keySet()));
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands, Output output) throws InterruptedException {
        Map<Target, Command> ordered = new LinkedHashMap<>(commands);
        Frames.Reader reader = new Frames.Reader(new ArrayList<>(ordered.keySet()), output);
        Map<Target, Outcome> outcomes;
        try {
            outcomes = call(new Job.Follow(ordered, new RemoteOutputStream(reader)), lost(commands.keySet()));
        } finally {
            reader.shut();
        }
        reader.rethrow();
        return outcomes;
    }

    @Override
    public Map<Target, Outcome> send(Map<Target, Command> commands, Payload payload) throws InterruptedException {
        Map<Target, Command> ordered = new LinkedHashMap<>(commands);
        if (AgentContent.isReadableOn(channel, payload)) {
            return call(new Job.Send(ordered, payload), lost(commands.keySet()));
        }
        Pipe pipe = Pipe.createLocalToRemote();
        try (Sending sending = Sending.of(AgentContent.readableHere(payload), pipe, agent)) {
            return sending.during(() -> call(new Job.Pass(ordered, pipe, payload.describe()), lost(commands.keySet())));
        }
    }

    @Override
    public Map<Target, Outcome> relay(Target from, Command reading, Map<Target, Command> to)
            throws InterruptedException {
        return call(new Job.Relay(from, reading, new LinkedHashMap<>(to)), lost(to.keySet()));
    }

    @Override
    public Map<Target, Probe.Answer> probe(Map<Target, Probe> probes) throws InterruptedException {
        return call(
                new Job.Ask(new LinkedHashMap<>(probes)),
                why -> each(probes.keySet(), new Probe.Answer.Nothing(message(why))));
    }

    @Override
    public void close() {
        if (calls.get() == 0 || channel.isClosingOrClosed()) {
            return;
        }
        try {
            // Nobody waits for it: an agent that is gone has closed them already.
            channel.callAsync(StationEnd.ofAll(station));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The agent " + agent + " is gone, and its connections with it", e);
        }
    }

    private <V> V call(Job<V> job, Function<Exception, V> lost) throws InterruptedException {
        int number = calls.incrementAndGet();
        try {
            return channel.call(new StationCall<>(station, number, opening, job));
        } catch (InterruptedException e) {
            awaitEnd(number);
            throw e;
        } catch (RequestAbortedException e) {
            return lost.apply(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            LOGGER.log(Level.FINE, "Lost the agent " + agent, e);
            return lost.apply(e);
        }
    }

    /** The agent was told to interrupt the call. What comes next must not meet what is left of it. */
    private void awaitEnd(int number) {
        try {
            channel.call(StationEnd.of(station, number));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.FINE, "The agent " + agent + " is gone, and the call with it", e);
        }
    }

    private Function<Exception, Map<Target, Outcome>> lost(Collection<Target> targets) {
        return why -> each(
                targets,
                new Outcome.Unreached(
                        Outcome.Reason.LOST, message(why), "The servers are reached through it; see its log."));
    }

    private String message(Exception why) {
        return "The connection to the agent " + agent + " broke (" + why + ").";
    }

    private static <V> Map<Target, V> each(Collection<Target> targets, V value) {
        Map<Target, V> all = new LinkedHashMap<>();
        targets.forEach(target -> all.put(target, value));
        return all;
    }
}
