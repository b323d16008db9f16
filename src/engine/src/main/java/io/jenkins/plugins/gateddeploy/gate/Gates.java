package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The gates of this host. Safe for use by several threads and processes: what changes a gate happens to one after the
 * other, each to what the last one left. Waiting costs nothing here; whoever opens a gate looks at its deadline and
 * calls {@link #expire}.
 *
 * <p>The host has checked by then that the person is who they say, and may decide here at all; who may decide on a gate
 * is decided here. Every method throws an unchecked exception with a message for people when the store cannot be read
 * or written.
 */
public interface Gates {

    /**
     * Keeps a new gate, as it is: open, or closed by itself. Doing it again with the same id changes nothing.
     *
     * @return as it is kept
     */
    Gate open(Gate gate);

    /**
     * Takes a decision, if it can be taken.
     *
     * @return the gate after it
     * @throws GateException when there is no such gate, it is closed, or is about another plan than the person has seen,
     *     or the person may not decide or has decided; the gate is as before
     */
    Gate decide(String id, Vote vote, Instant now) throws GateException;

    /**
     * Takes back what a person has said, who may then decide again.
     *
     * @param actor whose decision it is
     * @return the gate after it
     * @throws GateException when there is no such gate, it is closed, or the person has said nothing; the gate is as
     *     before
     */
    Gate withdraw(String id, Actor actor, Instant now) throws GateException;

    /**
     * Lets a gate wait for something else than until now: what was approved counts no more, and it waits anew. Nothing
     * happens when the plan and the rules are the same, or the gate is closed.
     *
     * @param subject what it is about now
     * @param rules under which conditions it opens now
     * @return as it is now
     * @throws GateException when there is no such gate
     */
    Gate revise(String id, Subject subject, Rules rules, Instant now) throws GateException;

    /**
     * Takes a gate back, if it is open.
     *
     * @param why one sentence for people
     * @return as it is now: {@link Standing#CANCELLED}, or however it ended before
     * @throws GateException when there is no such gate
     */
    Gate cancel(String id, String why, Instant now) throws GateException;

    /**
     * Closes a gate for good whose time is over, so that no decision that comes late can open it.
     *
     * @return as it is now: still open when its time is not over, {@link Standing#TIMED_OUT}, or however it ended before
     * @throws GateException when there is no such gate
     */
    Gate expire(String id, Instant now) throws GateException;

    /** {@return one gate by its id} */
    Optional<Gate> find(String id);

    /** {@return the gates that match, the one opened last first} */
    List<Gate> list(GateFilter filter);
}
