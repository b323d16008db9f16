package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Item;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.QueueRules;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * A rollback that a person starts from a page: a deployment of its own, outside any build, by the deploy.toml of an
 * earlier deployment.
 *
 * @param job in whose name it is done
 * @param person who does it
 * @param last by whose deploy.toml
 */
public record BackByHand(Item job, Authentication person, DeploymentRecord last) {

    /**
     * What is asked for, with everything that it takes.
     *
     * @param rules how it waits for others
     */
    public record Prepared(Deployer.Request request, QueueRules rules) {}

    /**
     * Takes a number for what is asked for, and writes down what it takes to go on with it.
     *
     * @throws ProblemException when the person may not, or nothing is kept to go back by
     */
    public Errand announce(GoingBack wanted) throws ProblemException {
        Prepared prepared = prepare(wanted);
        prepared.request.requireTargets();
        Waiting waiting = new Waiting(ByHand.ports(job, person));
        DeploymentRecord record = waiting.announce(
                prepared.request.configuration(), Kind.ROLLBACK, wanted.release(), prepared.request.mandate());
        Errand errand = new Errand(record.id(), last.id(), person.getName(), wanted);
        try {
            Kept.keep(record, file());
            errand.keep();
        } catch (IOException e) {
            String why = "It could not begin: " + e.getMessage();
            waiting.cancel(record.id(), why);
            throw new ProblemException("rollback.begin", why, "Try it again when Jenkins is well.");
        }
        return errand;
    }

    /**
     * {@return what is asked for, with everything that it takes; found out anew each time it is needed}
     *
     * @throws ProblemException when the person may not, or nothing is kept to go back by
     */
    public Prepared prepare(GoingBack wanted) throws ProblemException {
        Configurations.Source file = file();
        Configuration configuration = file.configuration(last.environment());
        Place place = new Place(configuration.app(), configuration.environment());
        Admission admission = Registrations.check(job, person, Act.ROLL_BACK, place);
        Origin origin = new Origin(job.getFullName(), 0, job.getFullDisplayName());
        Deployer.Request request = new Deployer.Request(configuration, wanted.targets(), Set.of())
                .with(Mandate.of(origin, admission.clauses()).because(wanted.reason()));
        return new Prepared(request, file.queue(configuration.environment()));
    }

    /**
     * Keeps what a rollback is made by, right before it begins, so that it is settled when Jenkins dies.
     *
     * @throws IOException when it cannot be written; it must not begin then
     */
    public void entering(DeploymentRecord record) throws ProblemException, IOException {
        OutsideBuilds.keep(record, file());
    }

    private Configurations.Source file() throws ProblemException {
        try {
            return Kept.file(last)
                    .orElseThrow(() -> new ProblemException(
                            "config.missing",
                            "Nothing is kept of how " + last.app() + " was deployed to " + last.environment()
                                    + " from here.",
                            "Deploy it once, or roll back with the step rollbackTo."));
        } catch (IOException e) {
            throw new ProblemException(
                    "config.file", "deploy.toml of deployment #" + last.number() + " cannot be read: " + e, "");
        }
    }
}
