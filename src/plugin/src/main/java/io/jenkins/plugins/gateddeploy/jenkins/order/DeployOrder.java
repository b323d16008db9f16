package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Consent;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Entrance;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Make a version current. */
public final class DeployOrder implements Gated {
    private static final long serialVersionUID = 1;

    private final Destination to;
    private final Extent extent;
    private final Manner manner;
    private final String ref;
    private final WorkspaceSource source;

    /**
     * An order.
     *
     * @param ref branch, tag or commit; null for the commit that the build is of, else the environment's branch
     * @param source a folder to deploy instead of a commit; null for none
     */
    public DeployOrder(Destination to, Extent extent, Manner manner, String ref, WorkspaceSource source) {
        this.to = to;
        this.extent = extent;
        this.manner = manner;
        this.ref = Util.fixEmptyAndTrim(ref);
        this.source = source;
    }

    @Override
    public String environment() {
        return to.environment();
    }

    @Override
    public Map<String, Object> carryOut(Site site) throws ProblemException, IOException, InterruptedException {
        return carryOut(site, new Ticket());
    }

    @Override
    public Map<String, Object> carryOut(Site given, Ticket ticket)
            throws ProblemException, IOException, InterruptedException {
        Site site = to.from(given);
        if (!ticket.passedOver().isEmpty()) {
            return Outcomes.passedOver(site, to, ticket.passedOver());
        }
        manner.announce(site);
        Job job = job(Configurations.read(site, to), ticket);
        Optional<String> held = heldByNow(site, job, ticket);
        if (held.isPresent()) {
            return Outcomes.passedOver(site, to, held.get());
        }
        Deployer deployer = new Deployer(site.ports(job.application.file()));
        return manner.dryRun()
                ? Rehearsal.print(
                        site,
                        job.application.configuration(),
                        deployer.plan(job.request, job.version).judgement(),
                        deployer.rehearse(job.request, job.version))
                : Outcomes.of(site, deployer.deploy(ticket.bind(entering(site, job, ticket)), job.version));
    }

    /**
     * {@return why it is passed over, though it was not when it was asked for} While it stood in its lane, the deployment
     * before it may have failed. What waited for its turn ends by this.
     *
     * @throws ProblemException when somebody has to look at the environment first
     */
    private Optional<String> heldByNow(Site site, Job job, Ticket ticket) throws ProblemException {
        if (manner.dryRun() || isAgreedToByPeople(ticket)) {
            return Optional.empty();
        }
        Lineup lineup = new Lineup(site, ticket);
        try {
            Optional<String> held = ByItself.of(job.application).held(job.version);
            held.ifPresent(lineup::cancel);
            return held;
        } catch (ProblemException e) {
            lineup.cancel(e.getMessage());
            throw e;
        }
    }

    private static boolean isAgreedToByPeople(Ticket ticket) {
        return JenkinsHost.get()
                .history()
                .gates()
                .find(ticket.passed())
                .filter(gate -> !gate.rules().needNobody())
                .isPresent();
    }

    /**
     * {@return the request, which begins now} Its environment may close while the rest is read.
     *
     * @throws MustWait when the environment is closed, and the order waits for it from now on
     */
    private static Deployer.Request entering(Site site, Job job, Ticket ticket) throws ProblemException, IOException {
        Instant now = Instant.now();
        Mandate mandate = job.request.mandate();
        Deployer.Request begun = job.request.with(mandate.at(mandate.timing().begunAt(now)));
        Optional<Closed> closed =
                new Entrance(Clock.systemUTC()).closed(begun).filter(c -> ticket.isPatient() && c.waits());
        if (closed.isPresent()) {
            new Held(site, ticket).outside(job.request, job.application.file(), job.version.revision(), closed.get());
            throw new MustWait(job.application.configuration().environment(), closed.get());
        }
        return begun;
    }

    @Override
    public Optional<Gate> ask(Site given, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        if (manner.dryRun()) {
            return Optional.empty();
        }
        Site site = to.from(given);
        Application application = Configurations.read(site, to);
        ByItself way = ByItself.of(application);
        Optional<String> unwanted = way.unwanted();
        if (unwanted.isPresent()) {
            ticket.passOver(unwanted.get());
            return Optional.empty();
        }
        return ask(site, way, job(application, ticket), ticket);
    }

    private Optional<Gate> ask(Site site, ByItself way, Job job, Ticket ticket)
            throws ProblemException, IOException, InterruptedException {
        Ports ports = site.ports(job.application.file());
        Consent consent = new Consent(ports);
        if (!consent.mayBeNeeded(job.request)) {
            way.held(job.version).ifPresent(ticket::passOver);
            return Optional.empty();
        }
        Plan plan = new Deployer(ports).plan(job.request, job.version);
        // Nobody is asked about what cannot happen.
        plan.judgement().require();
        Optional<Gate> consented = consent.given(plan, job.request.mandate().origin());
        consented.ifPresent(gate -> ticket.pass(gate.id()));
        if (consented.isEmpty() || consented.get().rules().needNobody()) {
            // What people have agreed to in this build does not go by itself any more.
            Optional<String> held = way.held(job.version);
            if (held.isPresent() && (consented.isPresent() || !plan.needsGate())) {
                ticket.passOver(held.get());
                return Optional.empty();
            }
        }
        if (consented.isPresent() || !plan.needsGate()) {
            ticket.planned(plan);
            return Optional.empty();
        }
        return Optional.of(
                new Held(site, ticket).hold(job.request, job.application.file(), new Inquiry(site.build(), plan)));
    }

    @Override
    public Optional<Entry> join(Site given, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        if (manner.dryRun() || !ticket.passedOver().isEmpty()) {
            return Optional.empty();
        }
        Site site = to.from(given);
        Lineup lineup = new Lineup(site, ticket);
        Optional<Entry> known = lineup.entry();
        if (known.isPresent()) {
            return known;
        }
        Job job = job(Configurations.read(site, to), ticket);
        // Nobody stands in line before a closed door: others may go past, back for one.
        entering(site, job, ticket);
        Revision revision = job.version.revision();
        // The digest of a folder is no name that git knows.
        String commit = source == null ? revision.id() : "";
        Lineup.Wish wish = new Lineup.Wish(Kind.DEPLOY, revision.ref(), branch(site, job.request), commit);
        return Optional.of(lineup.join(job.request, job.application.file(), wish));
    }

    /** What a newer build of the same has to be of, to make this one pointless. */
    private String branch(Site site, Deployer.Request request) {
        String built = site.variables().get("BRANCH_NAME");
        return ref != null
                ? ref
                : built != null ? built : request.configuration().branch().orElse("");
    }

    /** What is asked for, found out anew each time it is needed: while people think, Jenkins may be restarted. */
    private Job job(Application application, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        if (source != null && ref != null) {
            throw new ProblemException(
                    "order.source",
                    "A folder of the workspace and ref \"" + ref + "\" exclude each other.",
                    "Leave out source or ref.");
        }
        Site site = application.site();
        Admission admission = site.admit(Act.DEPLOY, application.configuration(), ticket);
        Optional<GitSource> git = source == null ? application.git() : Optional.empty();
        // A branch may have moved on since people were asked about its commit.
        String wanted = ticket.commit().isEmpty() ? ref : ticket.commit();
        Version version = source == null ? application.version(wanted) : WorkspaceFolder.read(site, source);
        Pinned.refuse(site, application.configuration(), git, version.revision().id());
        Deployer.Request request = manner.explain(extent.request(site.build(), application.configuration(), git))
                .with(application.checking(manner.forcing()));
        return new Job(application, admission.bind(request, manner.emergency()), version);
    }

    /** An order with everything that it takes. */
    private record Job(Application application, Deployer.Request request, Version version) {}
}
