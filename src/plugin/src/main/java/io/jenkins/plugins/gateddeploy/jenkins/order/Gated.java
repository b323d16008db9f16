package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Optional;

/** An order that people may have to agree to. */
public interface Gated extends Lined {

    /**
     * {@return what is to be done in another environment before people are asked about this one, with the ticket of the
     * {@link Ticket#stopover}; empty when there is nothing, or it is done}
     *
     * @param ticket of this order
     */
    default Optional<Lined> before(Ticket ticket) {
        return Optional.empty();
    }

    /**
     * Finds out whether people have to agree and have not yet, and then asks them.
     *
     * @param ticket of this order
     * @return the gate to wait at; empty when the order can be carried out
     * @throws ProblemException when the order makes no sense, before anything was changed
     */
    Optional<Gate> ask(Site site, Ticket ticket) throws ProblemException, IOException, InterruptedException;
}
