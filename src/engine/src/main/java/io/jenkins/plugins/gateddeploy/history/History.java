package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.notice.Outbox;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The deployments of this host. Safe for use by several threads. Every method may throw {@link HistoryException} when
 * the store cannot be read or written, with a message for people.
 */
public interface History extends AutoCloseable {

    /**
     * The same for a deployment that no job asked for.
     *
     * @param started the time to record
     */
    default DeploymentRecord begin(
            String app,
            String environment,
            DeploymentRecord.Kind kind,
            String ref,
            String actor,
            DeploymentRecord.Owner owner,
            Instant started) {
        return begin(new Asked(app, environment, kind, ref, actor, Origin.none()), owner, started);
    }

    /**
     * Records a new deployment in state {@link State#QUEUED} with the next number of its application and environment.
     *
     * @param owner the process that works on it
     * @param started the time to record
     */
    DeploymentRecord begin(Asked asked, DeploymentRecord.Owner owner, Instant started);

    /** Gives a deployment a number of at least {@code atLeast}, and returns the number it has now. */
    int renumber(String id, int atLeast);

    /** Records the next state, before it is acted on. */
    void event(Event event);

    /**
     * Records the next state if the deployment stands in one of some states: the compare-and-set by which two threads
     * agree on who goes on with one that waited.
     *
     * @return whether it did
     */
    boolean advance(Event event, Set<State> from);

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

    /** {@return all deployments that have no final state, oldest first: what a host looks at when it starts} */
    List<DeploymentRecord> unfinished();

    /**
     * {@return the newest successful deployment of each release, newest first: where one may go back to}
     *
     * @param limit at most so many; at least 1
     */
    List<DeploymentRecord> successes(String app, String environment, int limit);

    /**
     * {@return the deployment or rollback of an environment that ended last in one of some states} By its end: one that
     * waited for people may have begun before another that has ended before it.
     *
     * @param ends final states; not empty
     */
    Optional<DeploymentRecord> lastEnded(String app, String environment, Set<State> ends);

    /**
     * {@return whether what was approved at a gate has been brought to its environment: a deployment through it
     * succeeded, or its release was current on every target, or on some until it went back, however it ended then}
     */
    boolean isUsed(Gate gate);

    /**
     * {@return the newest successful deployment of each application and environment that a job has ever asked to deploy
     * to, whoever asked for that one; by application and environment}
     *
     * @param job whose {@code build} is not looked at
     */
    List<DeploymentRecord> current(Filter.Job job);

    /**
     * {@return the deployment that made the release which is current now, if problems were forced for it} An
     * environment carries that mark until a deployment without forced problems succeeds, or a release is current again
     * that was made without.
     */
    Optional<DeploymentRecord> marked(String app, String environment);

    /** {@return the newest deployment that made a release and succeeded; no rollback} */
    Optional<DeploymentRecord> made(String app, String environment, String release);

    /**
     * {@return the deployments and rollbacks that succeeded although a problem was found, newest first}
     *
     * @param problem its id
     * @param after only those that ended after that time
     */
    List<DeploymentRecord> withProblem(String app, String environment, String problem, Instant after);

    /** {@return who has asked to deploy where, or opened a gate there; each once, by application and environment} */
    List<Site> sites();

    /**
     * A job of the host that has something to do with an environment.
     *
     * @param app application
     * @param environment environment; empty for gates that are about none
     * @param job full name of the job; empty for none
     */
    record Site(String app, String environment, String job) {}

    /**
     * A job of the host, and everything below it, has another full name now; what is kept of its deployments and gates
     * goes with it.
     *
     * @param oldJob its full name until now; not empty
     * @param newJob its full name from now on; not empty
     */
    void moved(String oldJob, String newJob);

    /** {@return the gates, kept beside the deployments} */
    Gates gates();

    /** {@return the lanes, kept beside the deployments} */
    Lanes lanes();

    /** {@return what people were told of the gates, kept beside them} */
    Outbox outbox();

    /** {@return the commits that people went back from} */
    Pins pins();

    /** {@return the trail of what happened at the gates} */
    Audit audit();

    /** {@return everything that happened to a deployment, oldest first} */
    List<Event> events(String id);

    /**
     * {@return what was noted of the deployments of an environment in messages with that beginning, oldest first}
     *
     * @param beginning not empty; upper and lower case differ
     */
    List<Event> events(String app, String environment, String beginning);

    /**
     * {@return a number that is another one when a deployment or gate was changed since, by whichever process; cheap to
     * ask for} Where that cannot be told it is another one each time.
     */
    default long stamp() {
        return System.nanoTime();
    }

    /** Adds problems to a deployment. */
    void problems(String id, List<Problem> problems);

    @Override
    void close();
}
