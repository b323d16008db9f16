package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Duration;
import java.util.List;

/** {@code [ssh]}: limits of the connections. */
final class SshSection {
    private static final Key<Duration> CONNECT_TIMEOUT =
            Key.withDefault("connect_timeout", Scalars.DURATION_TEXT, Duration.ofSeconds(10));
    private static final Key<Duration> KEEP_ALIVE =
            Key.withDefault("keep_alive", Scalars.DURATION_TEXT, Duration.ofSeconds(15));
    private static final Key<Integer> PARALLEL = Key.withDefault("parallel", Scalars.integer(1, 1000), 20);
    private static final Key<Target> JUMP = Key.optional("jump", TargetShapes.PLAIN);
    private static final Key<Duration> KEEP = Key.withDefault("keep", Scalars.DURATION_OR_NONE, Duration.ofSeconds(30));

    static final Section<Targets.Settings> SECTION = Section.of(
            "a table with limits of the connections",
            List.of(CONNECT_TIMEOUT, KEEP_ALIVE, PARALLEL, JUMP, KEEP),
            v -> new Targets.Settings(
                    v.get(CONNECT_TIMEOUT),
                    v.get(KEEP_ALIVE),
                    v.get(PARALLEL),
                    v.find(JUMP).orElse(null),
                    v.get(KEEP)));

    private SshSection() {}
}
