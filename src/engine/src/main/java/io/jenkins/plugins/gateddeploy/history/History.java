package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The deployments of this host. Safe for use by several threads. Every method may throw {@link HistoryException} when
 * the store cannot be read or written, with a message for people.
 */
public interface History extends AutoCloseable {

    /**
     * Records a new deployment in state {@link State#QUEUED} with the next number of its application and environment.
     *
     * @param started the time to record
     */
    DeploymentRecord begin(
            String app,
            String environment,
            DeploymentRecord.Kind kind,
            String ref,
            String actor,
            DeploymentRecord.Owner owner,
            Instant started);

    /** Gives a deployment a number of at least {@code atLeast}, and returns the number it has now. */
    int renumber(String id, int atLeast);

    /** Records the next state, before it is acted on. */
    void event(Event event);

    /**
     * Replaces what is known of a deployment. Identity, number and kind stay; the state changes by events only, except
     * that a final state with its end time is written here.
     *
     * @param change takes the record as it is and returns it as it shall be
     */
    DeploymentRecord update(String id, UnaryOperator<DeploymentRecord> change);

    /**
     * Takes over a deployment that has not ended, if it still has that owner: the compare-and-set by which two
     * processes agree on who settles it.
     *
     * @return whether the new owner has it now
     */
    boolean takeOver(String id, DeploymentRecord.Owner from, DeploymentRecord.Owner to);

    /** {@return one deployment by its id} */
    Optional<DeploymentRecord> find(String id);

    /** {@return one deployment by its number} */
    Optional<DeploymentRecord> find(String app, String environment, int number);

    /** {@return the deployments that match, newest first} */
    List<DeploymentRecord> list(Filter filter);

    /** {@return the deployments of an application and environment that have no final state, oldest first} */
    List<DeploymentRecord> unfinished(String app, String environment);

    /** {@return everything that happened to a deployment, oldest first} */
    List<Event> events(String id);

    /** Adds problems to a deployment. */
    void problems(String id, List<Problem> problems);

    @Override
    void close();
}
