package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Item;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.checks.VersionFiles;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.config.QueueRules;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.ItemCredentials;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.release.Checking;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Processes;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import io.jenkins.plugins.gateddeploy.source.Choices;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * A deployment that a person starts from a page: one of its own, outside any build, of a commit of the repository that
 * the job has deployed from before. deploy.toml is that of the commit.
 *
 * @param job in whose name it is done
 * @param person who does it
 * @param last a deployment of the job to the same place, which says where the repository is
 */
public record ByHand(Item job, Authentication person, DeploymentRecord last) {
    private static final int MOST_NAMES = 200;
    private static final int MOST_COMMITS = 50;

    /**
     * What is asked for, with everything that it takes.
     *
     * @param file name of deploy.toml, for messages
     * @param text of deploy.toml
     */
    public record Prepared(Deployer.Request request, Version version, String file, String text) {

        /** {@return the same, asked for in another way} */
        public Prepared with(Deployer.Request other) {
            return new Prepared(other, version, file, text);
        }

        /**
         * {@return how deployments to the environment wait for one another}
         *
         * @throws ProblemException when deploy.toml cannot be read
         */
        public QueueRules queue() throws ProblemException {
            return source().queue(request.configuration().environment());
        }

        private Configurations.Source source() {
            return new Configurations.Source(file, text);
        }
    }

    /**
     * {@return what the person may choose from}
     *
     * @throws ProblemException when the repository is not known, or cannot be read
     */
    public Choices choices() throws ProblemException, InterruptedException {
        return git().choices(MOST_NAMES, MOST_COMMITS);
    }

    /**
     * {@return what would happen now; nothing is changed}
     *
     * @throws ProblemException when the person may not, or the wish makes no sense
     */
    public Plan plan(Wish wish) throws ProblemException, InterruptedException {
        Prepared prepared = prepare(wish);
        return new Deployer(ports(job, person)).plan(prepared.request, prepared.version);
    }

    /**
     * Takes a number for what is asked for, and writes down what it takes to go on with it.
     *
     * @throws ProblemException when the person may not, or the wish makes no sense
     */
    public Errand announce(Wish wish) throws ProblemException, InterruptedException {
        Prepared prepared = prepare(wish);
        Waiting waiting = new Waiting(ports(job, person));
        DeploymentRecord record = waiting.announce(
                prepared.request.configuration(),
                Kind.DEPLOY,
                prepared.version.revision().ref(),
                prepared.request.mandate());
        Errand errand = new Errand(
                record.id(),
                last.id(),
                person.getName(),
                wish.of(prepared.version.revision().id()));
        try {
            Kept.keep(record, prepared.source());
            errand.keep();
        } catch (IOException e) {
            String why = "It could not begin: " + e.getMessage();
            waiting.cancel(record.id(), why);
            throw new ProblemException("deploy.begin", why, "Try it again when Jenkins is well.");
        }
        return errand;
    }

    /**
     * {@return what is asked for, with everything that it takes; found out anew each time it is needed}
     *
     * @throws ProblemException when the person may not, or the wish makes no sense
     */
    public Prepared prepare(Wish wish) throws ProblemException, InterruptedException {
        Place place = new Place(last.app(), last.environment());
        Registrations.check(job, person, Act.DEPLOY, place);
        WorkspacePath.check(wish.config());
        GitSource git = git();
        Version version = git.resolve(wish.ref());
        Configurations.Source file = file(version, wish.config());
        Configuration configuration = file.configuration(last.environment());
        if (!configuration.app().equals(last.app())) {
            throw new ProblemException(
                    "deploy.other",
                    file.name() + " is about " + configuration.app() + ", not about " + last.app() + ".",
                    "Choose a version of " + last.app() + ", or deploy the other with a build.");
        }
        Origin origin = new Origin(job.getFullName(), 0, job.getFullDisplayName());
        Checking checking = Checking.of(
                DeployFile.parse(file.name(), file.text()),
                configuration.environment(),
                Development.unknown(),
                wish.manner().forcing());
        Deployer.Request request = new Deployer.Request(configuration, wish.targets(), wish.skipped(), git)
                .with(Mandate.of(origin, List.of()).because(wish.reason()))
                .with(checking);
        Admission admission = Registrations.check(job, person, Act.DEPLOY, place);
        return new Prepared(admission.bind(request, wish.emergency()), version, file.name(), file.text());
    }

    /**
     * Keeps what a deployment is made by, right before it begins, so that it is settled when Jenkins dies.
     *
     * @throws IOException when it cannot be written; the deployment must not begin then
     */
    public void entering(DeploymentRecord record, Prepared prepared) throws IOException {
        OutsideBuilds.keep(record, prepared.source());
    }

    /** Keeps what a deployment carries out, for those who decide on it. */
    public void planned(DeploymentRecord record, Plan plan) throws IOException {
        Kept.keep(record, plan);
    }

    private static Configurations.Source file(Version version, String path) throws ProblemException {
        VersionFiles files = new VersionFiles(version);
        String name = path + " of " + version.revision().shortId();
        try {
            byte[] bytes = files.read(path)
                    .orElseThrow(() -> new ProblemException(
                            "config.file",
                            "There is no " + path + " in " + files.version() + ".",
                            "Choose a version that has one, or name the file."));
            return Configurations.Source.of(name, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new ProblemException("config.file", name + " cannot be read: " + e.getMessage() + ".", "");
        }
    }

    private GitSource git() throws ProblemException {
        try {
            Configuration before = Kept.configuration(last).orElseThrow(ByHand::unknown);
            return Repositories.of(job, last, before).orElseThrow(ByHand::unknown);
        } catch (IOException e) {
            throw new ProblemException(
                    "config.file", "deploy.toml of deployment #" + last.number() + " cannot be read: " + e, "");
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(
                "source.missing",
                "Nothing is known of a git repository that was deployed from here.",
                "Deploy it once with a build, or add [source] repository to deploy.toml.");
    }

    /** {@return the engine's ports for what a person does with a job outside any build} */
    public static Ports ports(Item job, Authentication person) {
        JenkinsHost host = JenkinsHost.get();
        return new Ports(
                new ItemCredentials(job, person),
                host.connector(),
                host.history(),
                line -> {},
                Progress.none(),
                Clock.systemUTC(),
                Actors.root(person).actor(),
                Processes.self(),
                host.logs(),
                Ports.Limits.defaults());
    }
}
