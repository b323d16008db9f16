package io.jenkins.plugins.gateddeploy.lane;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.Objects;

/**
 * Somebody who wants to change a lane. The one place that says who may, whichever door they come through.
 *
 * @param actor who; the host has checked that they are who they say
 * @param manager whether the host lets them manage this lane
 */
public record Steward(Actor actor, boolean manager) {
    public Steward {
        Objects.requireNonNull(actor, "actor");
    }

    /** {@return whether they may take an entry out: their own, or any as a manager} */
    public boolean mayCancel(Entry entry) {
        return mayTakeBack(entry.claim().asker().person());
    }

    /**
     * {@return whether they may end what waits: their own, or anybody's as a manager}
     *
     * @param person user id of who asked for it
     */
    public boolean mayTakeBack(String person) {
        return manager || person.equals(actor.id());
    }

    /**
     * Goes on when they may end what waits for the lane, or on its way there.
     *
     * @param person user id of who asked for it
     * @param title of what waits, for people
     * @throws LaneException {@code lane.permission}
     */
    public void requireTakeBack(String person, String title, Lane lane) throws LaneException {
        if (!mayTakeBack(person)) {
            throw refused("take back " + title + ", which is on its way to", lane);
        }
    }

    /**
     * Goes on when they may take an entry out.
     *
     * @throws LaneException {@code lane.permission}
     */
    public void requireCancel(Entry entry) throws LaneException {
        if (!mayCancel(entry)) {
            throw refused("take " + entry.claim().title() + " out of", entry.lane());
        }
    }

    /**
     * Goes on when they manage the lane.
     *
     * @param what they want to do: {@code pause}
     * @throws LaneException {@code lane.permission}
     */
    public void requireManager(String what, Lane lane) throws LaneException {
        if (!manager) {
            throw refused(what, lane);
        }
    }

    private LaneException refused(String what, Lane lane) {
        return new LaneException(Problem.error(
                "lane.permission",
                actor.name() + " (" + actor.id() + ") may not " + what + " " + lane.words() + ".",
                "Whoever waits there may take the own deployment out; the rest is for those who manage the lane."));
    }
}
