package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Gates in the history's file. Whatever changes one holds its row, so that changes happen one after the other. */
final class GatesInFile implements Gates {
    private final HistoryFile file;

    GatesInFile(HistoryFile file) {
        this.file = file;
    }

    @Override
    public Gate open(Gate gate) {
        try {
            return file.write(handle -> {
                GateTable table = new GateTable(handle);
                if (table.find(gate.id()).isEmpty()) {
                    table.insert(gate);
                    gate.closed().ifPresent(closed -> table.close(gate.id(), closed));
                    new GateTrail(handle).opened(gate);
                }
                return table.find(gate.id()).orElseThrow();
            });
        } catch (HistoryException e) {
            // Another process was a moment faster.
            return Optional.of(e)
                    .filter(Faults::isDuplicate)
                    .flatMap(duplicate -> find(gate.id()))
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public Gate decide(String id, Vote vote, Instant now) throws GateException {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        return change(id, time, gate -> gate.decided(vote, time));
    }

    @Override
    public Gate withdraw(String id, Actor actor, Instant now) throws GateException {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        return change(id, time, gate -> gate.withdrawn(actor, time));
    }

    @Override
    public Gate revise(String id, Subject subject, Rules rules, Instant now) throws GateException {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        return change(id, time, gate -> gate.revised(subject, rules, time));
    }

    @Override
    public Gate cancel(String id, String why, Instant now) throws GateException {
        return change(id, now, gate -> gate.cancelled(why, now));
    }

    @Override
    public Gate expire(String id, Instant now) throws GateException {
        return change(id, now, gate -> gate.expired(now));
    }

    @Override
    public Optional<Gate> find(String id) {
        return file.read(handle -> new GateTable(handle).find(id));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the filter's limit is below 1
     */
    @Override
    public List<Gate> list(GateFilter filter) {
        if (filter.limit() < 1) {
            throw new IllegalArgumentException("the limit must be at least 1, not " + filter.limit());
        }
        return file.read(handle -> new GateTable(handle).list(filter));
    }

    private interface Change {
        Gate of(Gate before) throws GateException;
    }

    /** The row is written by what differs: decisions are only ever added or ended, an end is written once. */
    private static void record(Handle handle, Gate before, Gate after, Instant time) {
        GateTable table = new GateTable(handle);
        DecisionTable decisions = new DecisionTable(handle);
        GateTrail trail = new GateTrail(handle);
        after.former().stream().skip(before.former().size()).forEach(former -> {
            decisions.end(after.id(), former);
            trail.ended(after, former);
        });
        if (!after.subject().equals(before.subject()) || !after.rules().equals(before.rules())) {
            table.revise(after);
            trail.revised(after, time);
        }
        List<Decision> said = after.decisions().stream()
                .filter(decision -> !before.decisions().contains(decision))
                .toList();
        said.forEach(decision -> {
            decisions.append(after.id(), decision);
            trail.decided(after, decision);
        });
        if (before.closed().isEmpty()) {
            after.closed().ifPresent(closed -> table.close(after.id(), closed));
            trail.closed(after, said.isEmpty() ? "" : said.get(0).person());
        }
    }

    private Gate change(String id, Instant time, Change change) throws GateException {
        Outcome outcome = file.write(handle -> {
            GateTable table = new GateTable(handle);
            Optional<Gate> before = table.lock(id);
            if (before.isEmpty()) {
                return Outcome.refused(new GateException(Problem.error(
                        "gate.unknown",
                        "There is no gate with the id " + id + ".",
                        "It may have been opened by another host, or its history is gone.")));
            }
            try {
                record(handle, before.get(), change.of(before.get()), time);
                return Outcome.done(table.find(id).orElseThrow());
            } catch (GateException e) {
                return Outcome.refused(e);
            }
        });
        if (outcome.refusal != null) {
            throw outcome.refusal;
        }
        return outcome.gate;
    }

    /** A refusal is no fault of the database, so it leaves the transaction as a value. */
    private record Outcome(Gate gate, GateException refusal) {
        static Outcome done(Gate gate) {
            return new Outcome(gate, null);
        }

        static Outcome refused(GateException refusal) {
            return new Outcome(null, refusal);
        }
    }
}
