package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Lets a test step in at the moment in which certain commands go to real targets, and writes down what goes there. */
final class Meddling {
    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final List<Rehearsed> recorded = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<Payload> payload = p -> p;
    private volatile Runnable opening = () -> {};
    private volatile boolean standingBy;

    /** What a test does instead of just running the commands. */
    interface Around {
        Map<Target, Outcome> run(Map<Target, Command> commands, Call real) throws InterruptedException;
    }

    /** Runs commands as if nobody had stepped in. */
    interface Call {
        Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException;
    }

    /** What a test does besides. */
    interface Act {
        void act() throws InterruptedException;
    }

    private record Step(String name, AtomicBoolean open, Around around) {}

    /** Steps in once, when commands go out whose name begins so. */
    Meddling at(String name, Around around) {
        steps.add(new Step(name, new AtomicBoolean(true), around));
        return this;
    }

    /** Does something once, just before such commands go out. */
    Meddling before(String name, Act act) {
        return at(name, (commands, real) -> {
            act.act();
            return real.run(commands);
        });
    }

    /** Does something once, when such commands have been answered. */
    Meddling after(String name, Act act) {
        return at(name, (commands, real) -> {
            Map<Target, Outcome> outcomes = real.run(commands);
            act.act();
            return outcomes;
        });
    }

    /** Changes what is streamed. */
    Meddling payload(UnaryOperator<Payload> change) {
        payload = change;
        return this;
    }

    /** Does something before the targets of a deployment are opened. */
    Meddling opening(Runnable act) {
        opening = act;
        return this;
    }

    void clear() {
        opening = () -> {};
        standingBy = false;
        steps.clear();
        recorded.clear();
        payload = p -> p;
    }

    /** {@return whether a deployment has said that nothing but looking comes} */
    boolean isStandingBy() {
        return standingBy;
    }

    /** {@return every command that went out, in order} */
    List<Rehearsed> recorded() {
        return List.copyOf(recorded);
    }

    Targets.Connector connector(Targets.Connector real) {
        return access -> {
            opening.run();
            return new Meddled(real.open(access));
        };
    }

    private Map<Target, Outcome> through(Map<Target, Command> commands, Call real) throws InterruptedException {
        String name = commands.values().iterator().next().name();
        for (Step step : steps) {
            if (name.startsWith(step.name()) && step.open().compareAndSet(true, false)) {
                return step.around().run(commands, real);
            }
        }
        return real.run(commands);
    }

    private void record(Map<Target, Command> commands, String input) {
        commands.forEach((target, command) -> recorded.add(
                new Rehearsed(target, command, input.isEmpty() ? command.stdin().toString() : input)));
    }

    private final class Meddled implements Targets {
        private final Targets real;

        Meddled(Targets real) {
            this.real = real;
        }

        @Override
        public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
            record(commands, "");
            return through(commands, real::run);
        }

        @Override
        public Map<Target, Outcome> run(Map<Target, Command> commands, Output output) throws InterruptedException {
            record(commands, "");
            return through(commands, c -> real.run(c, output));
        }

        @Override
        public Map<Target, Outcome> send(Map<Target, Command> commands, Payload sent) throws InterruptedException {
            record(commands, sent.describe());
            return through(commands, c -> real.send(c, payload.apply(sent)));
        }

        @Override
        public Map<Target, Outcome> relay(Target from, Command reading, Map<Target, Command> to)
                throws InterruptedException {
            record(Map.of(from, reading), "");
            record(to, "what " + from.name() + " prints");
            return through(to, c -> real.relay(from, reading, c));
        }

        @Override
        public Map<Target, Probe.Answer> probe(Map<Target, Probe> probes) throws InterruptedException {
            return real.probe(probes);
        }

        @Override
        public void standBy() {
            standingBy = true;
            real.standBy();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
