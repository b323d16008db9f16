package io.jenkins.plugins.gateddeploy.jenkins.agent;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.remoting.Pipe;
import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Map;

/**
 * A call of {@link Targets} as a value that crosses to an agent.
 *
 * @param <V> what comes back
 */
sealed interface Job<V> extends Serializable {

    /** Does it, on the agent. */
    V on(Targets targets) throws InterruptedException;

    /** {@link Targets#run(Map)}. */
    record Run(Map<Target, Command> commands) implements Job<Map<Target, Outcome>> {
        @Override
        public Map<Target, Outcome> on(Targets targets) throws InterruptedException {
            return targets.run(commands);
        }
    }

    /** {@link Targets#run(Map, io.jenkins.plugins.gateddeploy.target.Output)}, with the output in {@link Frames}. */
    record Follow(Map<Target, Command> commands, RemoteOutputStream out) implements Job<Map<Target, Outcome>> {
        @Override
        public Map<Target, Outcome> on(Targets targets) throws InterruptedException {
            Frames.Writer frames = new Frames.Writer(out, new ArrayList<>(commands.keySet()));
            Map<Target, Outcome> outcomes = targets.run(commands, frames);
            frames.end();
            return outcomes;
        }
    }

    /** {@link Targets#send}, with a payload that can be read on the agent. */
    record Send(Map<Target, Command> commands, Payload payload) implements Job<Map<Target, Outcome>> {
        @Override
        public Map<Target, Outcome> on(Targets targets) throws InterruptedException {
            return targets.send(commands, payload);
        }
    }

    /** {@link Targets#send}, with a payload that comes from the controller. */
    record Pass(Map<Target, Command> commands, Pipe pipe, String description) implements Job<Map<Target, Outcome>> {
        @Override
        public Map<Target, Outcome> on(Targets targets) throws InterruptedException {
            try (InputStream in = pipe.getIn()) {
                return targets.send(commands, new Incoming(in, description));
            } catch (IOException e) {
                throw new IllegalStateException("Closing a pipe never fails.", e);
            }
        }
    }

    /** {@link Targets#relay}. */
    record Relay(Target from, Command reading, Map<Target, Command> to) implements Job<Map<Target, Outcome>> {
        @Override
        public Map<Target, Outcome> on(Targets targets) throws InterruptedException {
            return targets.relay(from, reading, to);
        }
    }

    /** {@link Targets#probe}. */
    record Ask(Map<Target, Probe> probes) implements Job<Map<Target, Probe.Answer>> {
        @Override
        public Map<Target, Probe.Answer> on(Targets targets) throws InterruptedException {
            return targets.probe(probes);
        }
    }

    /** What comes through a pipe, once. */
    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "Made and read in one process; a pipe has only one end that can be read.")
    final class Incoming implements Payload {
        private static final long serialVersionUID = 1;

        private final transient InputStream in;
        private final String description;

        private Incoming(InputStream in, String description) {
            this.in = in;
            this.description = description;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            in.transferTo(out);
        }

        @Override
        public String describe() {
            return description;
        }
    }
}
