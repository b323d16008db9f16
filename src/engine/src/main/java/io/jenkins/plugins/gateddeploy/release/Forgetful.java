package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Passed;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.notice.Outbox;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A history for one rehearsed deployment, of which nothing stays. What was noted before can be read. */
final class Forgetful implements History {
    private final History real;
    private DeploymentRecord record;

    Forgetful(History real) {
        this.real = real;
    }

    @Override
    public DeploymentRecord begin(Asked asked, DeploymentRecord.Owner owner, Instant started) {
        record = new DeploymentRecord(
                UUID.randomUUID().toString(),
                asked.app(),
                asked.environment(),
                asked.kind(),
                1,
                "",
                "",
                asked.ref(),
                "",
                "",
                "",
                asked.actor(),
                owner,
                started,
                Optional.empty(),
                State.QUEUED,
                "",
                List.of(),
                Judgement.good(),
                Path.of("dry-run.log"),
                asked.origin(),
                Passed.none(),
                asked.reason());
        return record;
    }

    @Override
    public int renumber(String id, int atLeast) {
        return atLeast;
    }

    @Override
    public void event(Event event) {
        // Nothing stays.
    }

    @Override
    public boolean advance(Event event, Set<State> from) {
        return true;
    }

    @Override
    public DeploymentRecord update(String id, UnaryOperator<DeploymentRecord> change) {
        record = change.apply(record);
        return record;
    }

    @Override
    public boolean takeOver(String id, DeploymentRecord.Owner from, DeploymentRecord.Owner to) {
        return false;
    }

    @Override
    public Optional<DeploymentRecord> find(String id) {
        return record.id().equals(id) ? Optional.of(record) : real.find(id);
    }

    @Override
    public Optional<DeploymentRecord> find(String app, String environment, int number) {
        return Optional.empty();
    }

    @Override
    public List<DeploymentRecord> list(Filter filter) {
        return List.of();
    }

    @Override
    public List<DeploymentRecord> unfinished(String app, String environment) {
        return List.of();
    }

    @Override
    public List<DeploymentRecord> unfinished() {
        return List.of();
    }

    @Override
    public List<DeploymentRecord> successes(String app, String environment, int limit) {
        return List.of();
    }

    @Override
    public Optional<DeploymentRecord> lastEnded(String app, String environment, Set<State> ends) {
        return Optional.empty();
    }

    @Override
    public boolean isUsed(Gate gate) {
        return false;
    }

    @Override
    public List<DeploymentRecord> current(Filter.Job job) {
        return List.of();
    }

    @Override
    public Optional<DeploymentRecord> marked(String app, String environment) {
        return Optional.empty();
    }

    @Override
    public Optional<DeploymentRecord> made(String app, String environment, String release) {
        return Optional.empty();
    }

    @Override
    public List<DeploymentRecord> withProblem(String app, String environment, String problem, Instant after) {
        return List.of();
    }

    @Override
    public List<Site> sites() {
        return List.of();
    }

    @Override
    public void moved(String oldJob, String newJob) {
        // Nothing stays.
    }

    @Override
    public Lanes lanes() {
        throw new UnsupportedOperationException("a rehearsal waits in no lane");
    }

    @Override
    public Gates gates() {
        throw new UnsupportedOperationException("a rehearsed deployment passes no gate");
    }

    @Override
    public Outbox outbox() {
        throw new UnsupportedOperationException("nobody is told of a rehearsed deployment");
    }

    @Override
    public Pins pins() {
        return Pins.none();
    }

    @Override
    public Audit audit() {
        return new Audit() {
            @Override
            public Head head() {
                return Head.NONE;
            }

            @Override
            public void add(AuditEntry.Note note) {
                // Nothing stays.
            }

            @Override
            public List<AuditEntry> entries() {
                return List.of();
            }

            @Override
            public List<AuditEntry> recent(AuditEntry.What what) {
                return List.of();
            }

            @Override
            public List<String> faults() {
                return List.of();
            }
        };
    }

    @Override
    public List<Event> events(String app, String environment, String beginning) {
        return real.events(app, environment, beginning);
    }

    @Override
    public List<Event> events(String id) {
        return List.of();
    }

    @Override
    public void problems(String id, List<Problem> problems) {
        // Nothing stays.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
