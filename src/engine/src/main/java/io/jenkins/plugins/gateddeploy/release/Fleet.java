package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The targets of one deployment, all at once: either a phase succeeds on every one, or it fails with what happened on
 * each that did not.
 *
 * @param targets in the order of the environment
 * @param port how they are reached
 */
record Fleet(List<Target> targets, Targets port) {

    /** Runs a command on every target. */
    Map<Target, Outcome.Exited> all(String phase, Function<Target, Command> command)
            throws PhaseFailed, InterruptedException {
        return succeeded(phase, attempt(targets, command));
    }

    /** Runs a command on some targets and gives what became of it, good or bad. */
    Map<Target, Outcome> attempt(Collection<Target> some, Function<Target, Command> command)
            throws InterruptedException {
        if (some.isEmpty()) {
            return Map.of();
        }
        return port.run(commands(some, command));
    }

    static Map<Target, Command> commands(Collection<Target> some, Function<Target, Command> command) {
        Map<Target, Command> commands = new LinkedHashMap<>();
        some.forEach(target -> commands.put(target, command.apply(target)));
        return commands;
    }

    /** {@return whether a script found that the lock is somebody else's now} */
    static boolean isLockLost(Outcome outcome) {
        return outcome instanceof Outcome.Exited exited && exited.code() == PhaseFailed.LOCK_LOST;
    }

    /** Turns outcomes into results, or throws when there is a failure among them. */
    static Map<Target, Outcome.Exited> succeeded(String phase, Map<Target, Outcome> outcomes) throws PhaseFailed {
        Map<Target, Outcome.Exited> good = new LinkedHashMap<>();
        Map<Target, String> bad = new LinkedHashMap<>();
        boolean lockLost = false;
        for (Map.Entry<Target, Outcome> entry : outcomes.entrySet()) {
            if (entry.getValue() instanceof Outcome.Exited exited && exited.code() == 0) {
                good.put(entry.getKey(), exited);
            } else {
                bad.put(entry.getKey(), entry.getValue().describe());
                lockLost |= isLockLost(entry.getValue());
            }
        }
        if (!bad.isEmpty()) {
            throw new PhaseFailed(phase, bad, lockLost);
        }
        return good;
    }
}
