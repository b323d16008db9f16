package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Targets on which nothing is changed: what would run is written down, and answered as if it had gone well. Where a
 * command would take the lock, the real target is looked at instead, so that everything after it is what a run would do.
 */
final class Rehearsal implements Targets {
    private final Targets real;
    private final Commands commands;
    private final List<Rehearsed> rehearsed = new ArrayList<>();

    Rehearsal(Targets real, Commands commands) {
        this.real = real;
        this.commands = commands;
    }

    /** {@return what would run, in order} */
    synchronized List<Rehearsed> rehearsed() {
        return List.copyOf(rehearsed);
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> wanted) throws InterruptedException {
        write(wanted, "");
        Map<Target, Command> looking = new LinkedHashMap<>();
        wanted.forEach((target, command) -> {
            if (command.name().equals("lock")) {
                looking.put(target, commands.look(true));
            } else if (command.name().equals("read manifest") || command.name().equals("look")) {
                looking.put(target, command);
            }
        });
        Map<Target, Outcome> outcomes = new LinkedHashMap<>(wellDone(wanted));
        if (!looking.isEmpty()) {
            real.run(looking).forEach((target, outcome) -> outcomes.put(target, locked(wanted.get(target), outcome)));
        }
        return outcomes;
    }

    private static Outcome locked(Command command, Outcome outcome) {
        return outcome instanceof Outcome.Exited exited && command.name().equals("lock")
                ? new Outcome.Exited(exited.code(), "lock ours\n" + exited.stdout(), exited.stderr())
                : outcome;
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> wanted, Output output) {
        write(wanted, "");
        return wellDone(wanted);
    }

    @Override
    public Map<Target, Outcome> send(Map<Target, Command> wanted, Payload payload) {
        write(wanted, payload.describe());
        return wellDone(wanted);
    }

    @Override
    public Map<Target, Outcome> relay(Target from, Command reading, Map<Target, Command> to) {
        write(Map.of(from, reading), "");
        write(to, "what " + from.name() + " prints");
        return wellDone(to);
    }

    @Override
    public Map<Target, Probe.Answer> probe(Map<Target, Probe> probes) {
        Map<Target, Probe.Answer> answers = new LinkedHashMap<>();
        probes.keySet().forEach(t -> answers.put(t, new Probe.Answer.Nothing("not asked in a dry run")));
        return answers;
    }

    private synchronized void write(Map<Target, Command> wanted, String payload) {
        wanted.forEach((target, command) -> rehearsed.add(new Rehearsed(
                target, command, payload.isEmpty() ? command.stdin().toString() : payload)));
    }

    private static Map<Target, Outcome> wellDone(Map<Target, Command> wanted) {
        Map<Target, Outcome> outcomes = new LinkedHashMap<>();
        wanted.keySet().forEach(t -> outcomes.put(t, new Outcome.Exited(0, "", "")));
        return outcomes;
    }

    @Override
    public void close() {
        real.close();
    }
}
