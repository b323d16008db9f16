package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** An order that waits for its turn in a lane. */
public interface Lined extends Order {

    /**
     * Takes a place in the lane; once, however often it is said with the same ticket.
     *
     * @param ticket of this order
     * @return the place; empty when the order changes nothing, and needs none
     * @throws ProblemException when the order makes no sense, before anything was changed
     */
    Optional<Entry> join(Site site, Ticket ticket) throws ProblemException, IOException, InterruptedException;

    /** Carries the order out, when it is its turn; otherwise as {@link #carryOut(Site)}. */
    Map<String, Object> carryOut(Site site, Ticket ticket) throws ProblemException, IOException, InterruptedException;
}
