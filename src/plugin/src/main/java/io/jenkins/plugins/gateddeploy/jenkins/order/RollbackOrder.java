package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Make a release current that was current before. */
public final class RollbackOrder implements Lined {
    /** The release that was current before. */
    public static final String PREVIOUS = "previous";

    private static final long serialVersionUID = 1;

    private final Destination to;
    private final Extent extent;
    private final Manner manner;
    private final String release;
    private final boolean undo;

    /**
     * An order.
     *
     * @param release {@code previous}, a release id, a tag, a commit, {@code #} and a deployment's number, or
     *     {@code build:} and the number of a build of the same job; empty for {@code previous}
     * @param undo whether the current release's tasks are taken back, where they say how
     */
    public RollbackOrder(Destination to, Extent extent, Manner manner, String release, boolean undo) {
        this.to = to;
        this.extent = extent;
        this.manner = manner;
        String given = Util.fixEmptyAndTrim(release);
        this.release = given == null ? PREVIOUS : given;
        this.undo = undo;
    }

    @Override
    public Map<String, Object> carryOut(Site site) throws ProblemException, IOException, InterruptedException {
        return carryOut(site, new Ticket());
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
        Job job = job(site);
        // Which release is the previous one is seen when it is its turn.
        Lineup.Wish wish = new Lineup.Wish(Kind.ROLLBACK, job.wanted, "", "");
        return Optional.of(lineup.join(job.request, job.application.file(), wish));
    }

    @Override
    public Map<String, Object> carryOut(Site given, Ticket ticket)
            throws ProblemException, IOException, InterruptedException {
        Site site = to.from(given);
        manner.announce(site);
        Job job = job(site);
        Deployer deployer = new Deployer(site.ports(job.application.file()));
        return manner.dryRun()
                ? Rehearsal.print(
                        site,
                        job.application.configuration(),
                        Judgement.good(),
                        deployer.rehearse(job.request, job.wanted, undo))
                : Outcomes.of(site, deployer.rollback(ticket.bind(job.request), job.wanted, undo));
    }

    /** What is asked for, found out anew each time it is needed: while it waits, Jenkins may be restarted. */
    private Job job(Site site) throws ProblemException, IOException, InterruptedException {
        Application application = Configurations.read(site, to);
        Configuration configuration = application.configuration();
        Admission admission = site.admit(Act.ROLL_BACK, configuration);
        String wanted = EarlierBuild.isMeant(release)
                ? new EarlierBuild(site.build().getParent(), release).release(configuration)
                : release;
        Deployer.Request request = manner.explain(extent.request(site.build(), configuration, application.git()))
                .with(application.checking(manner.forcing()));
        return new Job(application, admission.bind(request), wanted);
    }

    /** An order with everything that it takes. */
    private record Job(Application application, Deployer.Request request, String wanted) {}
}
