package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.io.IOException;
import java.util.Map;

/** Make a release current that was current before. */
public final class RollbackOrder implements Order {
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
     * @param undo whether what the tasks of later releases did is taken back first, where they say how
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
    public Map<String, Object> carryOut(Site given) throws ProblemException, IOException, InterruptedException {
        Site site = to.from(given);
        manner.announce(site);
        Application application = Configurations.read(site, to);
        Configuration configuration = application.configuration();
        Admission admission = site.admit(Act.ROLL_BACK, configuration);
        String wanted = EarlierBuild.isMeant(release)
                ? new EarlierBuild(site.build().getParent(), release).release(configuration)
                : release;
        Deployer.Request request = manner.explain(extent.request(site.build(), configuration, application.git()))
                .with(application.checking(manner.forcing()));
        Deployer deployer = new Deployer(site.ports(application.file()));
        return manner.dryRun()
                ? Rehearsal.print(
                        site, configuration, Judgement.good(), deployer.rehearse(admission.bind(request), wanted, undo))
                : Outcomes.of(site, deployer.rollback(admission.bind(request), wanted, undo));
    }
}
