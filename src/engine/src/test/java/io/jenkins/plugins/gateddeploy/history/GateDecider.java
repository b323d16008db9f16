package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A process of its own for tests: some people approve at a gate, each twice, and it prints how many it counted. */
final class GateDecider {
    private GateDecider() {}

    /** Arguments: the directory; the gate's id; what the people's ids begin with; how many they are. */
    public static void main(String[] arguments) {
        int taken = 0;
        try (HistoryDatabase history = new HistoryDatabase(
                Path.of(arguments[0]),
                new HistoryDatabase.Settings(Optional.of(Duration.ZERO), Duration.ofSeconds(60), "a test"))) {
            for (int i = 0; i < 2 * Integer.parseInt(arguments[3]); i++) {
                String id = arguments[2] + i / 2;
                try {
                    history.gates()
                            .decide(
                                    arguments[1],
                                    Vote.onTheNewest(new Actor(id, id, Set.of()), Verdict.APPROVE, ""),
                                    Instant.now());
                    taken++;
                } catch (GateException e) {
                    // Of each two the second.
                }
            }
        }
        System.out.println(taken);
    }
}
