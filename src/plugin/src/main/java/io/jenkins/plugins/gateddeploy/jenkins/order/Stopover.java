package io.jenkins.plugins.gateddeploy.jenkins.order;

import java.io.Serializable;

/**
 * How far an order has come in the environment that it goes through before people are asked. Kept with the order's
 * ticket.
 */
public final class Stopover implements Serializable {
    private static final long serialVersionUID = 1;

    private final Ticket ticket = new Ticket();
    private String release = "";
    private boolean over;

    /** {@return the place in the lane of that environment, and the deployment there} */
    public Ticket ticket() {
        return ticket;
    }

    /** {@return whether the order has passed that environment} */
    boolean isOver() {
        return over;
    }

    /** Says that the order has passed that environment. */
    public void end() {
        over = true;
    }

    /** Says what is gone back to afterwards, whatever becomes current while the order waits. */
    void before(String wanted) {
        release = wanted;
    }

    /** {@return the id of the release that is gone back to afterwards; empty before that is known} */
    String release() {
        return release;
    }
}
