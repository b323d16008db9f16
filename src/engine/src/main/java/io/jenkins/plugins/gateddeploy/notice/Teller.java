package io.jenkins.plugins.gateddeploy.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sees to it that people are told: by one thread a channel, however many gates there are, so that a channel whose server
 * hangs holds up no other. Whoever changes a gate says {@link #wake()} afterwards and goes on.
 */
public final class Teller {
    /** When the store could not be used. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** For a channel that was interrupted to note that its notice is still to be told. */
    private static final Duration LEAVING = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Clock clock;
    private final Consumer<String> log;
    private final List<Lane> lanes;
    private Pace pace;

    /**
     * When it looks what there is to tell.
     *
     * @param since when a channel that was not there before begins; what happened earlier is not told on it
     * @param look how long after a look there is another at the latest: some seconds where other processes change gates,
     *     long where each change is followed by {@link #wake()}. Reminders, deadlines and further attempts come at their
     *     time in any case
     */
    public record Pace(Instant since, Duration look) {
        public Pace {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(look, "look");
        }
    }

    /**
     * Does nothing yet.
     *
     * @param log takes a sentence when a notice is given up, or the outbox cannot be used
     */
    public Teller(Outbox outbox, List<Channel> channels, Directions directions, Clock clock, Consumer<String> log) {
        this.outbox = outbox;
        this.clock = clock;
        this.log = log;
        this.lanes = channels.stream()
                .map(channel -> new Lane(channel.name(), new Round(channel, outbox, directions, clock, log)))
                .toList();
    }

    /** Begins. To be called once. */
    public void start(Pace chosen) {
        pace = chosen;
        lanes.forEach(Lane::start);
    }

    /**
     * Tells what there is to tell now, once on each channel, and ends: for a process that does not stay. To be called
     * instead of {@link #start}. What cannot be told, or not within the patience, is left to whoever looks next.
     *
     * @param since when a channel that was not there before begins; what happened earlier is not told on it
     * @param patience for all channels together, which tell beside each other
     * @throws InterruptedException when the thread was interrupted; what is left is left then, too
     */
    public void once(Instant since, Duration patience) throws InterruptedException {
        pace = new Pace(since, AGAIN);
        lanes.forEach(Lane::startOnce);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Lane lane : lanes) {
                lane.join(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } finally {
            lanes.forEach(Lane::leave);
        }
        for (Lane lane : lanes) {
            lane.join(LEAVING);
        }
    }

    /** Has it look soon what there is to tell. Returns at once. */
    public void wake() {
        lanes.forEach(Lane::wake);
    }

    /** Ends; who is being told just now is told. Returns at once: {@link #await} waits for that. */
    public void stop() {
        lanes.forEach(Lane::end);
    }

    /**
     * Waits after {@link #stop} until nobody is being told any more; what takes longer than the patience is left to the
     * next start, which tells it again.
     */
    public void await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Lane lane : lanes) {
            lane.await(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
    }

    /** One channel's thread. */
    private final class Lane {
        private final String name;
        private final Round round;
        private final Semaphore hints = new Semaphore(0);
        private final Thread thread;
        private volatile boolean ended;
        private boolean single;
        private String complaint = "";

        Lane(String name, Round round) {
            this.name = name;
            this.round = round;
            this.thread = new Thread(this::work, "gated-deploy notices by " + name);
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        void startOnce() {
            single = true;
            thread.start();
        }

        void join(Duration patience) throws InterruptedException {
            thread.join(Math.max(1, patience.toMillis()));
        }

        /** Whoever still tells is told to leave it. */
        void leave() {
            if (thread.isAlive()) {
                log.accept("Telling people by " + name + " takes too long; what is left is told at the next occasion.");
                ended = true;
                thread.interrupt();
            }
        }

        void wake() {
            hints.release();
        }

        void end() {
            ended = true;
            hints.release();
        }

        void await(long millis) throws InterruptedException {
            thread.join(millis);
            thread.interrupt();
        }

        private void work() {
            try {
                while (!ended) {
                    Duration pause = turn();
                    if (single) {
                        return;
                    }
                    if (hints.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        hints.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                // The host ends: so does this thread.
                Thread.currentThread().interrupt();
            }
        }

        private Duration turn() throws InterruptedException {
            try {
                Duration left = Duration.between(clock.instant(), earliest(round.run(since())));
                complaint = "";
                return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
            } catch (RuntimeException e) {
                complain(e);
                return AGAIN;
            }
        }

        private Instant since() {
            Map<String, Instant> all = outbox.channels(
                    lanes.stream().map(lane -> lane.name).collect(Collectors.toUnmodifiableSet()), pace.since());
            return all.get(name);
        }

        private Instant earliest(Instant next) {
            Instant look = clock.instant().plus(pace.look());
            return next.isBefore(look) ? next : look;
        }

        /** Once, not each time. */
        private void complain(RuntimeException e) {
            if (!ended && !String.valueOf(e.getMessage()).equals(complaint)) {
                complaint = String.valueOf(e.getMessage());
                log.accept("Nobody can be told anything by " + name + " for now; it is tried again: " + e);
            }
        }
    }
}
