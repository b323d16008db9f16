package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.lane.Lane;
import java.io.Serializable;
import java.util.Objects;

/** The lane that a block of a Pipeline holds for the steps in it. */
public final class HeldLane implements Serializable {
    private static final long serialVersionUID = 1;

    private final String app;
    private final String environment;
    private final String entry;

    /** @param entry id of the entry that has the turn */
    public HeldLane(Lane lane, String entry) {
        this.app = lane.app();
        this.environment = lane.environment();
        this.entry = Objects.requireNonNull(entry, "entry");
    }

    /** {@return the id of the entry under which to go in a lane; empty when that is another lane than this} */
    String above(Lane lane) {
        return lane.equals(new Lane(app, environment)) ? entry : "";
    }
}
