package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.notice.Outbox;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A history that tells when a deployment has begun, so that a page can go there while it is under way.
 *
 * @param history the real one; stays open when this is closed
 * @param begun gets the id of each deployment that begins
 */
record Announcing(History history, Consumer<String> begun) implements History {
    @Override
    public DeploymentRecord begin(Asked asked, Owner owner, Instant started) {
        DeploymentRecord record = history.begin(asked, owner, started);
        begun.accept(record.id());
        return record;
    }

    @Override
    public int renumber(String id, int atLeast) {
        return history.renumber(id, atLeast);
    }

    @Override
    public void event(Event event) {
        history.event(event);
    }

    @Override
    public DeploymentRecord update(String id, UnaryOperator<DeploymentRecord> change) {
        return history.update(id, change);
    }

    @Override
    public boolean takeOver(String id, Owner from, Owner to) {
        return history.takeOver(id, from, to);
    }

    @Override
    public Optional<DeploymentRecord> find(String id) {
        return history.find(id);
    }

    @Override
    public Optional<DeploymentRecord> find(String app, String environment, int number) {
        return history.find(app, environment, number);
    }

    @Override
    public List<DeploymentRecord> list(Filter filter) {
        return history.list(filter);
    }

    @Override
    public List<DeploymentRecord> unfinished(String app, String environment) {
        return history.unfinished(app, environment);
    }

    @Override
    public boolean advance(Event event, Set<State> from) {
        return history.advance(event, from);
    }

    @Override
    public List<DeploymentRecord> unfinished() {
        return history.unfinished();
    }

    @Override
    public List<DeploymentRecord> successes(String app, String environment, int limit) {
        return history.successes(app, environment, limit);
    }

    @Override
    public Optional<DeploymentRecord> lastEnded(String app, String environment, Set<State> ends) {
        return history.lastEnded(app, environment, ends);
    }

    @Override
    public boolean isUsed(Gate gate) {
        return history.isUsed(gate);
    }

    @Override
    public Optional<DeploymentRecord> marked(String app, String environment) {
        return history.marked(app, environment);
    }

    @Override
    public Optional<DeploymentRecord> made(String app, String environment, String release) {
        return history.made(app, environment, release);
    }

    @Override
    public List<DeploymentRecord> withProblem(String app, String environment, String problem, Instant after) {
        return history.withProblem(app, environment, problem, after);
    }

    @Override
    public List<DeploymentRecord> current(Filter.Job job) {
        return history.current(job);
    }

    @Override
    public List<Site> sites() {
        return history.sites();
    }

    @Override
    public void moved(String oldJob, String newJob) {
        history.moved(oldJob, newJob);
    }

    @Override
    public Lanes lanes() {
        return history.lanes();
    }

    @Override
    public Gates gates() {
        return history.gates();
    }

    @Override
    public Outbox outbox() {
        return history.outbox();
    }

    @Override
    public Pins pins() {
        return history.pins();
    }

    @Override
    public Audit audit() {
        return history.audit();
    }

    @Override
    public List<Event> events(String app, String environment, String beginning) {
        return history.events(app, environment, beginning);
    }

    @Override
    public List<Event> events(String id) {
        return history.events(id);
    }

    @Override
    public void problems(String id, List<Problem> problems) {
        history.problems(id, problems);
    }

    @Override
    public void close() {
        // Whoever made the real one closes it.
    }
}
