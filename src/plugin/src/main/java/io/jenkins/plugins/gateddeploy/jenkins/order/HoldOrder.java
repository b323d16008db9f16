package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.util.VirtualFile;

/** Ask people whether a version may be deployed, before anything is. */
public final class HoldOrder implements Serializable {
    private static final long serialVersionUID = 1;

    private final Destination to;
    private final String ref;
    private final Question question;
    private final boolean auto;
    /** Null in what was saved before there was such a thing. */
    private final Extent extent;

    /**
     * An order.
     *
     * @param ref branch, tag or commit; null for the commit that the build is of, else the environment's branch
     * @param auto whether nobody has to be asked when everything is well and nobody but the step wants it
     */
    public HoldOrder(Destination to, String ref, Question question, boolean auto) {
        this(to, ref, question, auto, Extent.everything());
    }

    private HoldOrder(Destination to, String ref, Question question, boolean auto, Extent extent) {
        this.extent = extent;
        this.to = to;
        this.ref = Util.fixEmptyAndTrim(ref);
        this.question = question;
        this.auto = auto;
    }

    /** {@return the same about a deployment that leaves some tasks out} */
    public HoldOrder leavingOut(List<String> tasks) {
        return new HoldOrder(to, ref, question, auto, new Extent(List.of(), tasks));
    }

    /**
     * {@return the gate at which people are asked, or one that has opened by itself}
     *
     * @param id that the gate gets
     * @throws ProblemException when there is nothing to ask about
     */
    public Gate ask(Site site, String id) throws ProblemException, IOException, InterruptedException {
        Gates gates = JenkinsHost.get().history().gates();
        Optional<Gate> before = gates.find(id);
        if (before.isPresent()) {
            return before.get();
        }
        checkEvidence(site.build());
        Plan plan = plan(site);
        // Nobody is asked about what cannot happen.
        plan.judgement().require();
        Facts facts = Circumstances.of(site.build(), plan);
        List<String> conditions = conditions(plan, facts);
        Automation automation = conditions.isEmpty() ? Automation.none() : Automation.of(conditions, facts);
        automation.reasons().forEach(reason -> site.listener().getLogger().println("Held: " + reason));
        DeploymentAction.announce(site.build(), question.evidence());
        Clause own = question.clause().opening(conditions);
        return gates.open(new Inquiry(site.build(), plan).gate(id, own, question.message(), automation));
    }

    /**
     * {@return why nobody is asked: the build started by itself, of a branch or tag that is not deployed there so}
     *
     * @throws ProblemException when deploy.toml cannot be read
     */
    public Optional<String> passedOver(Site site) throws ProblemException, IOException, InterruptedException {
        return ByItself.isConcerned(site.build())
                ? ByItself.of(Configurations.read(site, to)).unwanted()
                : Optional.empty();
    }

    /**
     * Under which conditions the step needs nobody. One that asks for nothing in particular is only the place where others
     * are asked, and leaves it to them.
     */
    private List<String> conditions(Plan plan, Facts facts) {
        if (auto) {
            return Automation.usually(facts);
        }
        return question.isDemanding()
                ? List.of()
                : plan.rules().stream()
                        .flatMap(c -> c.auto().stream())
                        .distinct()
                        .toList();
    }

    private void checkEvidence(Run<?, ?> build) throws ProblemException, IOException {
        VirtualFile artifacts = build.getArtifactManager().root();
        List<String> missing = new ArrayList<>();
        for (String path : question.evidence()) {
            WorkspacePath.check(path);
            if (!artifacts.child(path).isFile()) {
                missing.add(path);
            }
        }
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    "order.evidence",
                    "The build has archived no " + String.join(", no ", missing) + ".",
                    "Archive it with archiveArtifacts before people are asked, or correct evidence.");
        }
    }

    private Plan plan(Site site) throws ProblemException, IOException, InterruptedException {
        Extent much = extent == null ? Extent.everything() : extent;
        Optional<Plan> earlier = Kept.plan(site.build(), to.environment());
        if (earlier.isPresent() && ref == null && site.workspace().isEmpty()) {
            return made(site, new Configurations.Source("", ""), earlier.get(), much.of(earlier.get()));
        }
        Application application = Configurations.read(site, to);
        Configuration configuration = application.configuration();
        Version version = application.version(ref);
        Forcing forcing = earlier.filter(plan -> plan.app().equals(configuration.app())
                        && plan.coming().id().equals(version.revision().id()))
                .map(plan -> Forcing.again(plan.forced()))
                .orElse(Forcing.none());
        Admission admission = site.admit(Act.DEPLOY, configuration);
        Deployer.Request request = admission.bind(
                much.request(site.build(), configuration, application.git()).with(application.checking(forcing)));
        Plan plan = new Deployer(site.ports(application.file())).plan(request, version);
        return made(site, application.file(), null, plan);
    }

    /** What is asked about is what the build's page shows, and what its open gates wait for. */
    private static Plan made(Site site, Configurations.Source file, Plan before, Plan plan) throws IOException {
        if (!plan.equals(before)) {
            Kept.keep(site.build(), plan);
            new Inquiry(site.build(), plan).replace(site, file);
        }
        return plan;
    }
}
