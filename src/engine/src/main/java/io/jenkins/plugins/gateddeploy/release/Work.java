package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Beginning;
import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.ReleaseSettings;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the phases of one deployment share.
 *
 * @param configuration of the environment
 * @param commands what is said to its targets
 * @param fleet those targets
 * @param log what people read
 * @param ports the host
 * @param rehearsal whether nothing really runs, so that answers mean nothing
 */
record Work(Configuration configuration, Commands commands, Fleet fleet, Log log, Ports ports, boolean rehearsal) {
    /** As the command that goes back prints it in front of a shared file. */
    private static final String UNRESTORED = "unrestored ";

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** {@return the same work on some of its targets} */
    Work on(List<Target> some) {
        return new Work(configuration, commands, new Fleet(some, fleet.port()), log, ports, rehearsal);
    }

    /** {@return the same work, whose log somebody else hears too} */
    Work heardBy(LogSink listener) {
        Log both = new Log(log.sink().and(listener), log.masking(), log.clock());
        return new Work(configuration, commands, fleet, both, ports, rehearsal);
    }

    /** {@return what the journal of a target is told before anything is changed there} */
    Beginning beginning(String release, String current, DeploymentRecord.Kind kind) {
        return new Beginning(release, current, kind.name(), kept());
    }

    /** {@return paths of the shared files that go back with a release} */
    List<String> kept() {
        return configuration.back().restoreVariables()
                ? configuration.release().shared().stream()
                        .filter(shared -> !shared.directory())
                        .map(ReleaseSettings.Shared::path)
                        .toList()
                : List.of();
    }

    /** {@return makes what was current before current again} */
    Command goBack(DeploymentRecord.Kind kind, String release, String to) {
        return commands.goBack(release, to, kind == DeploymentRecord.Kind.ROLLBACK ? kept() : List.of());
    }

    /** Says which shared files did not go back, though what was current before did. */
    void sayUnrestored(Map<Target, Outcome> wentBack) {
        wentBack.forEach((target, outcome) -> {
            if (outcome instanceof Outcome.Exited exited) {
                exited.stdout()
                        .lines()
                        .filter(line -> line.startsWith(UNRESTORED))
                        .forEach(line -> log.say(
                                target,
                                "shared/" + line.substring(UNRESTORED.length())
                                        + " could not be set back to what it held before: "
                                        + exited.stderr().strip()));
            }
        });
    }

    /** {@return the targets, in the order of the environment} */
    List<Target> targets() {
        return fleet.targets();
    }

    /**
     * Runs a command that does the same however often it runs, again on targets that were lost, for as long as the
     * host waits for a lost target.
     */
    Map<Target, Outcome> persistently(Collection<Target> some, Function<Target, Command> command)
            throws InterruptedException {
        Map<Target, Outcome> outcomes = new LinkedHashMap<>(fleet.attempt(some, command));
        long deadline = System.nanoTime() + ports.limits().reconnect().toNanos();
        List<Target> lost = lost(outcomes);
        lost.forEach(target -> log.say(target, outcomes.get(target).describe() + " Trying again."));
        while (!lost.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE.toMillis());
            outcomes.putAll(fleet.attempt(lost, command));
            lost = lost(outcomes);
        }
        return outcomes;
    }

    /** {@return the targets whose connection broke or could not be made, though it had been before} */
    static List<Target> lost(Map<Target, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .filter(e -> e.getValue() instanceof Outcome.Unreached unreached && isPassing(unreached.reason()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isPassing(Outcome.Reason reason) {
        return switch (reason) {
            case LOST, REFUSED, CONNECT_TIMEOUT -> true;
            case UNRESOLVED, HOST_KEY, AUTHENTICATION, TIMEOUT -> false;
        };
    }
}
