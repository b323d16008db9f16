package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.notice.Outbox;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * The history in a database file. Times are kept to the microsecond, texts to {@value Columns#LONGEST_TEXT}
 * characters; what is longer is cut.
 *
 * <p>A final state is never replaced by one that is not: an event of a process that was thought dead is kept, but
 * does not bring its deployment back to life.
 */
public final class HistoryDatabase implements History {
    /** How often two that begin at the same moment in the same environment may collide before one gives up. */
    private static final int TRIES_FOR_A_NUMBER = 100;

    private final Path directory;
    private final HistoryFile file;
    private volatile Runnable gatesChanged = () -> {};
    private volatile Consumer<Lane> lanesChanged = lane -> {};

    /**
     * How the file is shared with other processes.
     *
     * @param idle the file is closed when it was not used for so long; empty to keep it until {@link #close()}
     * @param patience how long to wait for another process that has it
     * @param purpose what this process does, for the message another process gets: {@code gated-deploy deploy production}
     */
    public record Settings(Optional<Duration> idle, Duration patience, String purpose) {
        public Settings {
            Objects.requireNonNull(idle, "idle");
            Objects.requireNonNull(patience, "patience");
            Objects.requireNonNull(purpose, "purpose");
        }

        /** {@return settings for one of several short-lived processes: closed after 250 ms, waits 5 s} */
        public static Settings shared(String purpose) {
            return new Settings(Optional.of(Duration.ofMillis(250)), Duration.ofSeconds(5), purpose);
        }

        /**
         * {@return settings for a server that has the file for itself: waits 5 s; closed, and thereby swept, only in
         * quiet times}
         */
        public static Settings exclusive(String purpose) {
            return new Settings(Optional.of(Duration.ofMinutes(10)), Duration.ofSeconds(5), purpose);
        }
    }

    /**
     * Touches nothing yet: the file is opened, and made if need be, at the first use.
     *
     * @param directory where the file is or shall be; created when missing
     */
    public HistoryDatabase(Path directory, Settings settings) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.file = new HistoryFile(directory, settings);
    }

    @Override
    public DeploymentRecord begin(Asked asked, Owner owner, Instant started) {
        String id = UUID.randomUUID().toString();
        Instant time = started.truncatedTo(ChronoUnit.MICROS);
        for (int tries = 1; ; tries++) {
            try {
                return file.write(handle -> {
                    DeploymentTable table = new DeploymentTable(handle);
                    int number = table.newestNumber(asked.app(), asked.environment()) + 1;
                    table.insert(new DeploymentRecord(
                            id,
                            asked.app(),
                            asked.environment(),
                            asked.kind(),
                            number,
                            "",
                            "",
                            asked.ref(),
                            "",
                            "",
                            "",
                            asked.actor(),
                            owner,
                            time,
                            Optional.empty(),
                            State.QUEUED,
                            "",
                            List.of(),
                            Judgement.good(),
                            Path.of(""),
                            asked.origin(),
                            Passed.none(),
                            asked.reason()));
                    new EventTable(handle).append(new Event(id, time, State.QUEUED, ""));
                    return table.find(id).orElseThrow();
                });
            } catch (HistoryException e) {
                if (!Faults.isDuplicate(e) || tries == TRIES_FOR_A_NUMBER) {
                    throw e;
                }
            }
        }
    }

    @Override
    public int renumber(String id, int atLeast) {
        for (int tries = 1; ; tries++) {
            try {
                return file.write(handle -> {
                    DeploymentTable table = new DeploymentTable(handle);
                    DeploymentRecord record = lock(handle, id);
                    if (record.number() >= atLeast) {
                        return record.number();
                    }
                    int number = Math.max(atLeast, table.newestNumber(record.app(), record.environment()) + 1);
                    table.renumber(id, number);
                    return number;
                });
            } catch (HistoryException e) {
                if (!Faults.isDuplicate(e) || tries == TRIES_FOR_A_NUMBER) {
                    throw e;
                }
            }
        }
    }

    /**
     * {@inheritDoc} One with a final state also gives the deployment its message, if it has one, and its end, if it
     * had not ended before.
     */
    @Override
    public void event(Event event) {
        advance(event, EnumSet.allOf(State.class));
    }

    @Override
    public boolean advance(Event event, Set<State> from) {
        Optional<DeploymentRecord> advanced = file.write(handle -> {
            DeploymentRecord record = lock(handle, event.deployment());
            if (!from.contains(record.state())) {
                return Optional.empty();
            }
            new EventTable(handle).append(event);
            new DeploymentTable(handle).advance(record, event);
            return Optional.of(record);
        });
        advanced.filter(r -> event.state().isFinal()).ifPresent(this::freed);
        return advanced.isPresent();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when identity, number, kind, origin or start differ, when the state differs and
     *     is not final, or when a final state has no end time
     */
    @Override
    public DeploymentRecord update(String id, UnaryOperator<DeploymentRecord> change) {
        DeploymentRecord updated = file.write(handle -> {
            DeploymentRecord before = lock(handle, id);
            DeploymentRecord after = Changes.checked(before, change.apply(before));
            DeploymentTable table = new DeploymentTable(handle);
            table.update(after);
            if (!after.targets().equals(before.targets())) {
                new TargetOutcomeTable(handle).replace(id, after.targets());
            }
            if (!after.problems().equals(before.problems())) {
                new ProblemTable(handle).replace(id, after.problems());
            }
            if (after.state() != before.state()) {
                new EventTable(handle)
                        .append(new Event(id, after.ended().orElseThrow(), after.state(), after.message()));
            }
            return table.find(id).orElseThrow();
        });
        if (updated.state().isFinal()) {
            freed(updated);
        }
        return updated;
    }

    /** What has ended holds no lane. */
    private void freed(DeploymentRecord record) {
        lanesChanged.accept(new Lane(record.app(), record.environment()));
    }

    @Override
    public long stamp() {
        return file.stamp();
    }

    @Override
    public boolean takeOver(String id, Owner from, Owner to) {
        return file.write(handle -> new DeploymentTable(handle).takeOver(id, from, to));
    }

    @Override
    public Optional<DeploymentRecord> find(String id) {
        return file.read(handle -> new DeploymentTable(handle).find(id));
    }

    @Override
    public Optional<DeploymentRecord> find(String app, String environment, int number) {
        return file.read(handle -> new DeploymentTable(handle).find(app, environment, number));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the filter's limit is below 1
     */
    @Override
    public List<DeploymentRecord> list(Filter filter) {
        FilterQuery query = new FilterQuery(filter);
        return file.read(handle -> new DeploymentTable(handle).list(query));
    }

    @Override
    public List<DeploymentRecord> unfinished(String app, String environment) {
        return file.read(handle -> new DeploymentTable(handle).unfinished(app, environment));
    }

    @Override
    public List<DeploymentRecord> unfinished() {
        return file.read(handle -> new DeploymentTable(handle).unfinished());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the limit is below 1
     */
    @Override
    public List<DeploymentRecord> successes(String app, String environment, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be at least 1, not " + limit);
        }
        return file.read(handle -> new DeploymentTable(handle).successes(app, environment, limit));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when there is no state, or one that is not final
     */
    @Override
    public Optional<DeploymentRecord> lastEnded(String app, String environment, Set<State> ends) {
        if (ends.isEmpty() || !ends.stream().allMatch(State::isFinal)) {
            throw new IllegalArgumentException("expected states in which a deployment ends, found " + ends);
        }
        return file.read(handle -> new DeploymentTable(handle).lastEnded(app, environment, ends));
    }

    @Override
    public boolean isUsed(Gate gate) {
        return file.read(handle -> new DeploymentTable(handle)
                .hasSwitched(gate.subject().app(), gate.subject().environment(), gate.id()));
    }

    @Override
    public List<DeploymentRecord> current(Filter.Job job) {
        return file.read(handle -> new DeploymentTable(handle).current(job));
    }

    @Override
    public Optional<DeploymentRecord> marked(String app, String environment) {
        return file.read(handle -> {
            DeploymentTable table = new DeploymentTable(handle);
            return table.successes(app, environment, 1).stream()
                    .findFirst()
                    .flatMap(newest -> newest.kind() == DeploymentRecord.Kind.DEPLOY
                            ? Optional.of(newest)
                            : table.maker(app, environment, newest.release()))
                    .filter(maker -> !maker.judgement().forced().isNothing());
        });
    }

    @Override
    public Optional<DeploymentRecord> made(String app, String environment, String release) {
        return file.read(handle -> new DeploymentTable(handle).maker(app, environment, release));
    }

    @Override
    public List<DeploymentRecord> withProblem(String app, String environment, String problem, Instant after) {
        return file.read(handle -> new DeploymentTable(handle).withProblem(app, environment, problem, after));
    }

    @Override
    public List<Site> sites() {
        return file.read(handle -> new DeploymentTable(handle).sites());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when a name is empty
     */
    @Override
    public void moved(String oldJob, String newJob) {
        if (oldJob.isEmpty() || newJob.isEmpty()) {
            throw new IllegalArgumentException("a job has a name: \"" + oldJob + "\" to \"" + newJob + "\"");
        }
        file.<Void>write(handle -> {
            for (String table : List.of("deployment", "gate", "lane_entry")) {
                handle.execute(
                        "update " + table + " set job = cast(? as varchar) || substring(job from char_length(cast(? as"
                                + " varchar)) + 1) where job = ? or job like ? escape '!'",
                        newJob,
                        oldJob,
                        oldJob,
                        FilterQuery.below(oldJob));
            }
            return null;
        });
    }

    /**
     * Says who hears, from now on, that this process has opened or changed a gate; one at a time. What other processes
     * do is not heard.
     *
     * @param heard called after the change is on the disk, on the thread that made it: must return at once and not throw
     */
    public void onGateChange(Runnable heard) {
        gatesChanged = Objects.requireNonNull(heard, "heard");
    }

    /**
     * Says who hears, from now on, that this process has changed a lane, or that a deployment has ended there; one at a
     * time. What other processes do is not heard.
     *
     * @param heard called after the change is on the disk, on the thread that made it: must return at once and not throw
     */
    public void onLaneChange(Consumer<Lane> heard) {
        lanesChanged = Objects.requireNonNull(heard, "heard");
    }

    @Override
    public Lanes lanes() {
        return new LanesInFile(file, lane -> lanesChanged.accept(lane));
    }

    @Override
    public Gates gates() {
        return new GatesInFile(file, () -> gatesChanged.run());
    }

    @Override
    public Outbox outbox() {
        return new OutboxInFile(file);
    }

    @Override
    public Pins pins() {
        return new PinsInFile(file);
    }

    @Override
    public Audit audit() {
        return new AuditInFile(file);
    }

    @Override
    public List<Event> events(String app, String environment, String beginning) {
        return file.read(handle -> new EventTable(handle).of(app, environment, beginning));
    }

    @Override
    public List<Event> events(String id) {
        return file.read(handle -> new EventTable(handle).of(id));
    }

    @Override
    public void problems(String id, List<Problem> problems) {
        file.<Void>write(handle -> {
            lock(handle, id);
            new ProblemTable(handle).append(id, problems);
            return null;
        });
    }

    @Override
    public void close() {
        file.close();
    }

    private DeploymentRecord lock(Handle handle, String id) {
        return new DeploymentTable(handle)
                .lock(id)
                .orElseThrow(() -> new HistoryException(
                        "The history in " + directory + " has no deployment with the id " + id + ".", null));
    }
}
