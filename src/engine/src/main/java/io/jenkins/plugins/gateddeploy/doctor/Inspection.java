package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.command.Wanted;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What targets are asked about themselves, and how their answers are judged. Nothing is changed on them.
 *
 * @param configuration of the environment
 * @param coming whether a new version comes, rather than one that was current before
 * @param room that will be taken there
 * @param clock this host's time, which the targets' is compared with
 */
public record Inspection(Configuration configuration, boolean coming, Room room, Clock clock) {

    /** {@return the inspection before a new version comes} */
    public static Inspection of(Configuration configuration, Room room, Clock clock) {
        return new Inspection(configuration, true, room, clock);
    }

    /** Runs commands on targets. */
    @FunctionalInterface
    public interface Asking {
        /** {@return an outcome for every target} */
        Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException;
    }

    /**
     * Asks and judges, all targets at once.
     *
     * @return what was found on each, in the order given
     */
    public List<Diagnosis.OnTarget> of(Collection<Target> targets, Asking asking) throws InterruptedException {
        Needs needs = Needs.of(configuration, coming);
        Command command = command(needs);
        Map<Target, Command> commands = new LinkedHashMap<>();
        targets.forEach(target -> commands.put(target, command));
        Instant before = clock.instant();
        Map<Target, Outcome> outcomes = asking.run(commands);
        Instant after = clock.instant();
        List<Diagnosis.OnTarget> found = new ArrayList<>();
        for (Target target : targets) {
            Outcome outcome = outcomes.get(target);
            if (outcome instanceof Outcome.Exited exited && exited.code() == 0) {
                Facts facts = Facts.parse(exited.stdout(), before, after);
                found.add(new Examination(configuration, needs, target, facts, room).judge());
            } else {
                found.add(new Diagnosis.OnTarget(target.name(), Map.of(), List.of(Contact.problem(target, outcome))));
            }
        }
        return found;
    }

    /** {@return what is asked of every target} */
    public Command command() {
        return command(Needs.of(configuration, coming));
    }

    private Command command(Needs needs) {
        return new Commands(new Layout(configuration.release().path()), "doctor", "doctor").doctor(wanted(needs));
    }

    private Wanted wanted(Needs needs) {
        boolean fetches = coming && Needs.fetches(configuration);
        String path = configuration.variables().get("PATH") instanceof Variable.Literal literal ? literal.value() : "";
        return new Wanted(
                needs.programs(),
                needs.asked(),
                path,
                !needs.extensions().isEmpty(),
                fetches ? configuration.source().repository().orElse("") : "");
    }
}
