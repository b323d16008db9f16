package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;

/** How a command ended of which there is no exit code. */
enum Ending {
    TIMEOUT,
    TOO_MUCH,
    LOST;

    Outcome outcome(Target target, Command command) {
        return switch (this) {
            case TIMEOUT ->
                new Outcome.Unreached(
                        Reason.TIMEOUT,
                        "The command \"" + command.name() + "\" did not end within " + Words.of(command.timeout())
                                + "; its channel was closed.",
                        "Find out what it waits for, or allow it more time.");
            case TOO_MUCH ->
                new Outcome.Unreached(
                        Reason.LOST,
                        "The command \"" + command.name()
                                + "\" wrote more than 256 MiB, more than is kept in memory; it was cut off.",
                        "Let it write less, or into a file.");
            case LOST ->
                new Outcome.Unreached(
                        Reason.LOST,
                        "The connection to " + target.name() + " was lost while \"" + command.name() + "\" ran.",
                        "The command may have run to its end or not; see the server and the network in between.");
        };
    }
}
