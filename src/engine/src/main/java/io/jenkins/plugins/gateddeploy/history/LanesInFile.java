package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.history.AuditEntry.Note;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.What;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.lane.Pause;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Lanes in the history's file. Whatever changes one holds its row, so that changes happen one after the other. */
final class LanesInFile implements Lanes {
    private static final int DURATIONS = 10;

    private final HistoryFile file;
    private final Consumer<Lane> changed;

    /** @param changed called with a lane after something may have changed there */
    LanesInFile(HistoryFile file, Consumer<Lane> changed) {
        this.file = file;
        this.changed = changed;
    }

    @Override
    public Queue join(Entry entry, boolean alone) {
        return always(entry.lane(), (handle, before) -> {
            Queue after = before.joined(entry);
            if (alone && before.find(entry.id()).isEmpty()) {
                for (Entry older : before.outdatedBy(entry)) {
                    end(
                            handle,
                            older,
                            "Replaced by a newer one of " + entry.claim().ref() + ": "
                                    + entry.claim().title() + ".",
                            entry.claim().since());
                    after = after.without(older.id());
                }
            }
            return after;
        });
    }

    @Override
    public boolean take(String id, Instant now) {
        Optional<Lane> lane = find(id).map(Entry::lane);
        return lane.isPresent()
                && always(
                                lane.get(),
                                (handle, before) ->
                                        before.taken(id, micros(now)).orElse(before))
                        .find(id)
                        .filter(Entry::hasTurn)
                        .isPresent();
    }

    @Override
    public void leave(String id) {
        find(id).ifPresent(entry -> always(entry.lane(), (handle, before) -> before.without(id)));
    }

    @Override
    public void cancel(String id, Steward steward, String why, Instant now) throws LaneException {
        Entry known = require(id);
        change(known.lane(), (handle, before) -> {
            Entry entry = before.requireWaiting(id);
            steward.requireCancel(entry);
            String who = steward.actor().name() + " (" + steward.actor().id() + ")";
            end(handle, entry, "Taken out of the lane by " + who + (why.isBlank() ? "." : ": " + why), now);
            note(handle, entry.lane(), Optional.of(entry), What.LANE_CANCELLED, steward, now, Map.of("why", why));
            return before.without(id);
        });
    }

    @Override
    public Queue move(String id, int place, Steward steward, Instant now) throws LaneException {
        Entry known = require(id);
        return change(known.lane(), (handle, before) -> {
            steward.requireManager("change the order of", known.lane());
            Queue after = before.moved(id, place);
            int from = before.waiting().indexOf(known) + 1;
            int to = after.waiting().indexOf(known) + 1;
            if (from != to) {
                Map<String, ?> places = Map.of("from", from, "to", to);
                note(handle, known.lane(), Optional.of(known), What.LANE_MOVED, steward, now, places);
            }
            return after;
        });
    }

    @Override
    public Queue pause(Lane lane, String why, Steward steward, Instant now) throws LaneException {
        return change(lane, (handle, before) -> {
            steward.requireManager("pause", lane);
            if (why.isBlank()) {
                throw new LaneException(Problem.error(
                        "lane.reason", "Pausing " + lane.words() + " needs a reason.", "Say why, for those who wait."));
            }
            note(handle, lane, Optional.empty(), What.LANE_PAUSED, steward, now, Map.of("why", why.strip()));
            Pause pause = new Pause(why.strip(), steward.actor().id(), micros(now));
            return new Queue(lane, Optional.of(pause), before.entries());
        });
    }

    @Override
    public Queue resume(Lane lane, Steward steward, Instant now) throws LaneException {
        return change(lane, (handle, before) -> {
            steward.requireManager("resume", lane);
            if (before.pause().isPresent()) {
                note(handle, lane, Optional.empty(), What.LANE_RESUMED, steward, now, Map.of());
            }
            return new Queue(lane, Optional.empty(), before.entries());
        });
    }

    @Override
    public void expire(String id, Instant now) {
        find(id).filter(entry -> entry.isOverdue(now))
                .ifPresent(overdue -> always(overdue.lane(), (handle, before) -> {
                    Optional<Entry> entry = before.find(id).filter(e -> e.isOverdue(now));
                    entry.ifPresent(e -> end(
                            handle,
                            e,
                            "It waited in its lane for longer than queue_timeout says, since "
                                    + e.claim().since().truncatedTo(ChronoUnit.SECONDS) + ".",
                            now));
                    return entry.isPresent() ? before.without(id) : before;
                }));
    }

    @Override
    public Optional<Entry> find(String id) {
        return file.read(handle -> new LaneTable(handle).find(id));
    }

    @Override
    public Queue queue(Lane lane) {
        return file.read(handle -> new LaneTable(handle).queue(lane));
    }

    @Override
    public List<Queue> all() {
        return file.read(handle -> {
            LaneTable table = new LaneTable(handle);
            return table.lanes().stream().map(table::queue).toList();
        });
    }

    @Override
    public List<Duration> durations(Lane lane) {
        return file.read(handle -> new LaneTable(handle).durations(lane, DURATIONS));
    }

    private Entry require(String id) throws LaneException {
        return find(id).orElseThrow(() -> new LaneException(Problem.error(
                "lane.gone",
                "Nothing with the id " + id + " waits in a lane.",
                "It has ended, or somebody has taken it out. Look at the lane as it is now.")));
    }

    /** Nothing was changed on any target by what waits, so there is nothing to say of them. */
    private static void end(Handle handle, Entry entry, String message, Instant now) {
        String id = entry.claim().deployment();
        DeploymentTable table = new DeploymentTable(handle);
        Optional<DeploymentRecord> record = id.isEmpty()
                ? Optional.empty()
                : table.lock(id).filter(r -> !r.state().isFinal());
        record.ifPresent(r -> {
            Event event = new Event(id, micros(now), State.CANCELLED, message);
            new EventTable(handle).append(event);
            table.advance(r, event);
        });
    }

    private static void note(
            Handle handle,
            Lane lane,
            Optional<Entry> entry,
            What what,
            Steward steward,
            Instant now,
            Map<String, ?> more) {
        Map<String, Object> details = new java.util.HashMap<>(more);
        details.put("app", lane.app());
        details.put("environment", lane.environment());
        details.put("name", steward.actor().name());
        entry.ifPresent(e -> details.put("entry", e.claim().title()));
        String deployment = entry.map(e -> e.claim().deployment()).orElse("");
        new AuditTable(handle).add(new Note(now, steward.actor().id(), what, "", deployment, details));
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private interface Change {
        Queue of(Handle handle, Queue before) throws LaneException;
    }

    private interface SureChange {
        Queue of(Handle handle, Queue before);
    }

    private Queue always(Lane lane, SureChange change) {
        try {
            return change(lane, change::of);
        } catch (LaneException e) {
            throw new IllegalStateException(e);
        }
    }

    private Queue change(Lane lane, Change change) throws LaneException {
        know(lane);
        Outcome outcome = file.write(handle -> {
            LaneTable table = new LaneTable(handle);
            Queue before = table.lock(lane);
            try {
                table.write(before, change.of(handle, before));
                return new Outcome(table.queue(lane), null);
            } catch (LaneException e) {
                return new Outcome(before, e);
            }
        });
        if (outcome.refusal != null) {
            throw outcome.refusal;
        }
        changed.accept(lane);
        return outcome.queue;
    }

    /** Its row is there before it is held. */
    private void know(Lane lane) {
        if (file.read(handle -> new LaneTable(handle).isKnown(lane))) {
            return;
        }
        try {
            file.<Void>write(handle -> {
                new LaneTable(handle).know(lane);
                return null;
            });
        } catch (HistoryException e) {
            if (!Faults.isDuplicate(e)) {
                throw e;
            }
            // Another was a moment faster.
        }
    }

    /** A refusal is no fault of the database, so it leaves the transaction as a value. */
    private record Outcome(Queue queue, LaneException refusal) {}
}
