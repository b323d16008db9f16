package io.jenkins.plugins.gateddeploy.lane;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A lane as it is at one moment, and the rules of what can become of it. Immutable.
 *
 * <p>Whoever has its turn keeps it until it leaves, whatever happens to its process. One that joined under an entry
 * which has its turn goes under that turn, and not before another that does so. Of those that wait, the first goes that
 * may start; a lane that is paused gives no turn.
 *
 * @param lane which
 * @param pause why nobody gets a turn; empty when somebody may
 * @param entries in order, those that have their turn as well as those that wait
 */
public record Queue(Lane lane, Optional<Pause> pause, List<Entry> entries) {
    public Queue {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(pause, "pause");
        entries = List.copyOf(entries);
    }

    /** {@return a lane in which nobody is} */
    public static Queue empty(Lane lane) {
        return new Queue(lane, Optional.empty(), List.of());
    }

    /** {@return who has the turn; of a piece of a script and what runs under it, the piece} */
    public Optional<Entry> holder() {
        return entries.stream().filter(Entry::hasTurn).filter(e -> !isUnder(e)).findFirst();
    }

    /** {@return those that wait, in order; what waits under an entry that has its turn is the first} */
    public List<Entry> waiting() {
        List<Entry> waiting = new ArrayList<>(
                entries.stream().filter(e -> !e.hasTurn() && isUnder(e)).toList());
        entries.stream().filter(e -> !e.hasTurn() && !isUnder(e)).forEach(waiting::add);
        return List.copyOf(waiting);
    }

    /** {@return the entry, if it is here} */
    public Optional<Entry> find(String id) {
        return entries.stream().filter(e -> e.id().equals(id)).findFirst();
    }

    /** {@return whose turn it is} */
    public Optional<Entry> next(Instant now) {
        Optional<Entry> holder = holder();
        if (holder.isPresent()) {
            String above = holder.get().id();
            Predicate<Entry> below = e -> e.claim().under().equals(above);
            return entries.stream().anyMatch(e -> e.hasTurn() && below.test(e))
                    ? Optional.empty()
                    : first(below.and(e -> e.mayStart(now)));
        }
        return pause.isPresent() ? Optional.empty() : first(e -> e.mayStart(now));
    }

    private Optional<Entry> first(Predicate<Entry> which) {
        return entries.stream().filter(e -> !e.hasTurn()).filter(which).findFirst();
    }

    /** What it was to run under may have left before it came. */
    private boolean isUnder(Entry entry) {
        String above = entry.claim().under();
        return !above.isEmpty() && find(above).filter(Entry::hasTurn).isPresent();
    }

    /** {@return the lane with another entry at its end; the same when it is here already} */
    public Queue joined(Entry entry) {
        if (find(entry.id()).isPresent()) {
            return this;
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(entry);
        return with(more);
    }

    /** {@return those that a newer one of the same reference makes pointless: they wait, and are older} */
    public List<Entry> outdatedBy(Entry newer) {
        return entries.stream()
                .filter(e -> !e.hasTurn() && !e.id().equals(newer.id()))
                .filter(e -> !e.claim().deployment().isEmpty()
                        && !e.claim().ref().isEmpty()
                        && e.claim().under().isEmpty()
                        && e.claim().ref().equals(newer.claim().ref()))
                .toList();
    }

    /** {@return the lane in which an entry has its turn; empty when it is not its turn} */
    public Optional<Queue> taken(String id, Instant now) {
        if (find(id).filter(Entry::hasTurn).isPresent()) {
            return Optional.of(this);
        }
        return next(now)
                .filter(e -> e.id().equals(id))
                .map(e -> with(entries.stream()
                        .map(other -> other.id().equals(id) ? other.taking(now) : other)
                        .toList()));
    }

    /** {@return the lane without an entry} */
    public Queue without(String id) {
        return with(entries.stream().filter(e -> !e.id().equals(id)).toList());
    }

    /**
     * {@return the lane in which one that waits has another place}
     *
     * @param place among those that wait, from 1; one beyond the last is the last
     * @throws LaneException {@code lane.gone}, {@code lane.has-turn}
     */
    public Queue moved(String id, int place) throws LaneException {
        Entry entry = requireWaiting(id);
        List<Entry> order = new ArrayList<>(waiting());
        order.remove(entry);
        order.add(Math.min(Math.max(place, 1) - 1, order.size()), entry);
        List<Entry> all =
                new ArrayList<>(entries.stream().filter(Entry::hasTurn).toList());
        all.addAll(order);
        return with(all);
    }

    /**
     * {@return the entry, which waits}
     *
     * @throws LaneException {@code lane.gone}, {@code lane.has-turn}
     */
    public Entry requireWaiting(String id) throws LaneException {
        Entry entry = find(id).orElseThrow(() -> new LaneException(Problem.error(
                "lane.gone",
                "Nothing with the id " + id + " waits in " + lane.words() + ".",
                "It has ended, or somebody has taken it out. Look at the lane as it is now.")));
        if (entry.hasTurn()) {
            throw new LaneException(Problem.error(
                    "lane.has-turn",
                    entry.claim().title() + " does not wait any more in " + lane.words() + ": it has its turn since "
                            + entry.turn().orElseThrow() + ".",
                    "Stop what asked for it; the turn ends when the deployment has."));
        }
        return entry;
    }

    private Queue with(List<Entry> others) {
        return new Queue(lane, pause, others);
    }
}
