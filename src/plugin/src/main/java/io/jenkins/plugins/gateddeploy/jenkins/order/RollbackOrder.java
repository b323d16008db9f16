package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Ways;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Make a release current that was current before. */
public final class RollbackOrder implements Gated {
    /** The release that was current before. */
    public static final String PREVIOUS = "previous";

    private static final long serialVersionUID = 1;

    private final Destination to;
    private final Extent extent;
    private final Manner manner;
    private final String release;
    private final boolean undo;
    /** Null in what was saved before there was such a thing. */
    private final String via;

    /**
     * An order.
     *
     * @param release {@code previous}, a release id, a tag, a commit, {@code #} and a deployment's number, or
     *     {@code build:} and the number of a build of the same job; empty for {@code previous}
     * @param undo whether what the tasks of later releases did is taken back first, where they say how
     */
    public RollbackOrder(Destination to, Extent extent, Manner manner, String release, boolean undo) {
        this(to, extent, manner, release, undo, "");
    }

    private RollbackOrder(Destination to, Extent extent, Manner manner, String release, boolean undo, String via) {
        this.via = via;
        this.to = to;
        this.extent = extent;
        this.manner = manner;
        String given = Util.fixEmptyAndTrim(release);
        this.release = given == null ? PREVIOUS : given;
        this.undo = undo;
    }

    /**
     * {@return the same, that goes to another environment first, and asks people before this one follows}
     *
     * @param environment of deploy.toml; empty for none
     */
    public RollbackOrder via(String environment) {
        return new RollbackOrder(to, extent, manner, release, undo, environment);
    }

    /** {@return where it goes} */
    Destination to() {
        return to;
    }

    /** {@return the environment to go to first; empty for none} */
    String via() {
        return Util.fixNull(via);
    }

    private boolean goesStraight() {
        return via().isEmpty() || manner.dryRun();
    }

    @Override
    public String environment() {
        return to.environment();
    }

    @Override
    public Map<String, Object> carryOut(Site given) throws ProblemException, IOException, InterruptedException {
        return carryOut(given, new Ticket());
    }

    @Override
    public Optional<Lined> before(Ticket ticket) {
        // What has a deployment here has been elsewhere before.
        boolean isPast = ticket.stopover().isOver() || !ticket.deployment().isEmpty();
        return goesStraight() || isPast ? Optional.empty() : Optional.of(new StopoverOrder(this, ticket.stopover()));
    }

    @Override
    public Optional<Gate> ask(Site given, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        if (goesStraight()) {
            return Optional.empty();
        }
        Site site = to.from(given);
        Job job = job(site, to, ticket);
        Ways ways = new Ways(site.ports(job.application.file()));
        Ways.Way way = way(site, job, ticket.stopover());
        Plan plan = ways.plan(job.request, way, undo);
        return Optional.of(new Held(site, ticket)
                .hold(job.request, job.application.file(), new Inquiry(site.build(), plan), Kind.ROLLBACK));
    }

    @Override
    public Optional<Entry> join(Site given, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        if (manner.dryRun()) {
            return Optional.empty();
        }
        Site site = to.from(given);
        Lineup lineup = new Lineup(site, ticket);
        Optional<Entry> known = lineup.entry();
        if (known.isPresent()) {
            return known;
        }
        Job job = job(site, to, ticket);
        // Which release is the previous one is seen when it is its turn.
        Lineup.Wish wish = new Lineup.Wish(Kind.ROLLBACK, wanted(site, job), "", "");
        return Optional.of(lineup.join(job.request, job.application.file(), wish));
    }

    @Override
    public Map<String, Object> carryOut(Site given, Ticket ticket)
            throws ProblemException, IOException, InterruptedException {
        Site site = to.from(given);
        manner.announce(site);
        Job job = job(site, to, ticket);
        Deployer deployer = new Deployer(site.ports(job.application.file()));
        if (manner.dryRun()) {
            return Rehearsal.print(
                    site,
                    job.application.configuration(),
                    Judgement.good(),
                    deployer.rehearse(job.request, wanted(site, job), undo));
        }
        // People were asked about a release, whatever has become current meanwhile.
        Optional<String> asked =
                JenkinsHost.get().history().find(ticket.deployment()).map(DeploymentRecord::ref);
        String release = asked.isPresent() ? asked.get() : wanted(site, job);
        return Outcomes.of(site, deployer.rollback(ticket.bind(job.request), release, undo));
    }

    /** {@return where it goes: to what was meant when it went elsewhere first, else to what is meant now} */
    Ways.Way way(Site site, Job job, Stopover stopover) throws ProblemException, InterruptedException {
        String wanted = stopover.release().isEmpty() ? wanted(site, job) : stopover.release();
        return new Ways(site.ports(job.application.file())).back(job.application.configuration(), wanted);
    }

    private String wanted(Site site, Job job) throws ProblemException {
        return EarlierBuild.isMeant(release)
                ? new EarlierBuild(site.build().getParent(), release).release(job.application.configuration())
                : release;
    }

    Job job(Site site, Destination where, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        Application application = Configurations.read(site, where);
        Configuration configuration = application.configuration();
        Admission admission = site.admit(Act.ROLL_BACK, configuration, ticket);
        return new Job(
                application,
                admission.bind(request(extent, site, application)),
                admission.bind(request(Extent.everything(), site, application)));
    }

    private Deployer.Request request(Extent much, Site site, Application application) throws ProblemException {
        return manner.explain(much.request(site.build(), application.configuration(), application.git()))
                .with(application.checking(manner.forcing()));
    }

    /** An order with everything that it takes. */
    record Job(Application application, Deployer.Request request, Deployer.Request everywhere) {}
}
