package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Entrance;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Waits before a closed environment until it opens. The process stays; who wants to go on without it uses a host that
 * lives on.
 *
 * @param out where people read how long it takes
 * @param clock what time it is
 * @param rest lets time pass
 */
record Doorstep(PrintStream out, Clock clock, Rest rest) {
    /** A laptop may sleep meanwhile, and the machine's clock be set. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** Lets time pass. */
    @FunctionalInterface
    interface Rest {
        /**
         * Returns after a time.
         *
         * @throws InterruptedException when somebody does not want to wait any longer
         */
        void take(Duration time) throws InterruptedException;
    }

    static Doorstep of(GatedDeploy root) {
        return new Doorstep(Reading.of(root).out(), Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }

    /**
     * Returns when the request may start, or when waiting does not help: then it is refused where it starts.
     *
     * @throws InterruptedException when somebody does not want to wait any longer; nothing was changed
     */
    void await(Deployer.Request request) throws InterruptedException {
        Entrance entrance = new Entrance(clock);
        String said = "";
        Optional<Closed> closed = waitsFor(entrance, request);
        while (closed.isPresent()) {
            String sentence = closed.get().waiting(request.configuration().environment());
            if (!sentence.equals(said)) {
                out.println(Style.plain(sentence));
                said = sentence;
            }
            rest.take(untilNextLook(closed.get().opens().orElseThrow()));
            closed = waitsFor(entrance, request);
        }
    }

    private static Optional<Closed> waitsFor(Entrance entrance, Deployer.Request request) {
        return entrance.closed(request).filter(Closed::waits);
    }

    private Duration untilNextLook(Instant opens) {
        Duration left = Duration.between(clock.instant(), opens).plusMillis(1);
        return left.compareTo(LOOK) < 0 ? left : LOOK;
    }
}
