package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look at targets found, without a lock and without a change.
 *
 * @param states what is on each that answered
 * @param failures why nothing can be told of the others
 */
record Looked(Map<Target, TargetState> states, Map<Target, String> failures) {

    /** Asks targets. */
    @FunctionalInterface
    interface Asking {
        Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException;
    }

    /** {@return what is asked} */
    static Map<Target, Command> question(Configuration configuration, List<Target> targets, boolean describeAll) {
        Commands commands = new Commands(new Layout(configuration.release().path()), "look", "look");
        return Fleet.commands(targets, t -> commands.look(describeAll));
    }

    /** @param describeAll whether the states describe every release, or the current one only */
    static Looked at(Configuration configuration, List<Target> targets, boolean describeAll, Asking asking)
            throws InterruptedException {
        Map<Target, TargetState> states = new LinkedHashMap<>();
        Map<Target, String> failures = new LinkedHashMap<>();
        asking.run(question(configuration, targets, describeAll)).forEach((target, outcome) -> {
            if (outcome instanceof Outcome.Exited exited && exited.code() == 0) {
                states.put(target, TargetState.parse(exited.stdout()));
            } else {
                failures.put(target, outcome.describe());
            }
        });
        return new Looked(states, failures);
    }
}
