package io.jenkins.plugins.gateddeploy.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The lanes of this host. Safe for use by several threads and processes: what changes a lane happens to one after the
 * other, each to what the last one left. Waiting costs nothing here; whoever waits calls {@link #take} when something has
 * changed.
 *
 * <p>An entry whose deployment has ended is gone from its lane by that. One whose deployment was under way in a process
 * that died stays, and holds the lane, until that deployment is settled.
 *
 * <p>Every method throws an unchecked exception with a message for people when the store cannot be read or written.
 */
public interface Lanes {

    /**
     * Takes a place at the end. Doing it again with the same id changes nothing.
     *
     * @param alone whether older ones of the same reference that still wait are cancelled, and say for which newer one
     * @return the lane after it
     */
    Queue join(Entry entry, boolean alone);

    /**
     * Begins the turn of an entry, if it is its turn: the compare-and-set by which all that wait agree on who goes.
     *
     * @return whether it has its turn now
     */
    boolean take(String entry, Instant now);

    /** Takes an entry out without a word: what it was for is over, or never came to be. */
    void leave(String entry);

    /**
     * Takes an entry out, and ends its deployment.
     *
     * @param why one sentence for people; may be empty
     * @throws LaneException when it does not wait, or the person may not do that; the lane is as before
     */
    void cancel(String entry, Steward steward, String why, Instant now) throws LaneException;

    /**
     * Gives an entry that waits another place.
     *
     * @param place among those that wait, from 1
     * @return the lane after it
     * @throws LaneException when it does not wait, or the person may not do that; the lane is as before
     */
    Queue move(String entry, int place, Steward steward, Instant now) throws LaneException;

    /**
     * Gives nobody a turn from now on; what has its turn goes on.
     *
     * @param why not blank
     * @return the lane after it
     * @throws LaneException when there is no reason, or the person may not do that; the lane is as before
     */
    Queue pause(Lane lane, String why, Steward steward, Instant now) throws LaneException;

    /**
     * Gives turns again.
     *
     * @return the lane after it
     * @throws LaneException when the person may not do that; the lane is as before
     */
    Queue resume(Lane lane, Steward steward, Instant now) throws LaneException;

    /** Cancels the deployment of an entry that has waited for as long as it wanted to, and takes it out. */
    void expire(String entry, Instant now);

    /** {@return one entry by its id, as long as it is in its lane} */
    Optional<Entry> find(String entry);

    /** {@return a lane as it is now} */
    Queue queue(Lane lane);

    /** {@return the lanes that somebody is in, or that are paused, by application and environment} */
    List<Queue> all();

    /** {@return how long the last ten deployments that succeeded there took from their turn on, the newest first} */
    List<Duration> durations(Lane lane);
}
