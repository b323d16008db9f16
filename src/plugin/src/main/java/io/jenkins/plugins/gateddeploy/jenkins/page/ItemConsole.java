package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.console.ConsoleHost;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.console.document.DeploymentDocument;
import io.jenkins.plugins.gateddeploy.console.document.EvidenceDocument;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.hand.Errands;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.order.BackByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.GoingBack;
import io.jenkins.plugins.gateddeploy.jenkins.order.Kept;
import io.jenkins.plugins.gateddeploy.jenkins.order.Repositories;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * A job, a folder of jobs, or all jobs, as the console's host.
 *
 * @param name full name of the job or folder; empty for all, and then nothing is looked at or changed on targets
 */
record ItemConsole(String name) implements ConsoleHost {
    private static final Logger LOGGER = Logger.getLogger(ItemConsole.class.getName());

    @Override
    public List<Place> places(Optional<String> job) {
        return List.of();
    }

    @Override
    public Optional<DeploymentDocument.Build> build(DeploymentRecord record) {
        return build(record.origin());
    }

    /** {@inheritDoc} Looks whether the build is there, and does not load it. */
    @Override
    public Optional<DeploymentDocument.Build> build(Origin origin) {
        String text = origin.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String link = link(origin.job(), origin.build()).orElse(null);
        return Optional.of(new DeploymentDocument.Build(text, link));
    }

    private static Optional<String> link(String name, int number) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return Jobs.find(name)
                .filter(item -> request != null && number > 0 && item.hasPermission(Item.READ))
                .filter(Job.class::isInstance)
                .map(Job.class::cast)
                .filter(job -> new File(job.getBuildDir(), String.valueOf(number)).isDirectory())
                .map(job -> request.getContextPath() + "/" + job.getUrl() + number + "/");
    }

    @Override
    public Optional<Plan> plan(DeploymentRecord record) {
        try {
            return Kept.plan(record);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read the plan of the deployment " + record.id());
            return Optional.empty();
        }
    }

    @Override
    public Optional<DeploymentDocument.Build> build(Gate gate) {
        String job = gate.subject().job();
        int number = gate.subject().build();
        return Jobs.find(job)
                .filter(item -> item.hasPermission(Item.READ))
                .map(item -> new DeploymentDocument.Build(
                        item.getFullDisplayName() + (number > 0 ? " #" + number : ""),
                        link(job, number).orElse(null)));
    }

    @Override
    public Optional<Plan> plan(Gate gate) {
        Subject subject = gate.subject();
        if (!subject.deployment().isEmpty()) {
            return JenkinsHost.get().history().find(subject.deployment()).flatMap(this::plan);
        }
        return build(subject).flatMap(build -> plan(build, subject));
    }

    private static Optional<Plan> plan(Run<?, ?> build, Subject subject) {
        try {
            return Kept.plans(build).stream()
                    .filter(plan -> plan.app().equals(subject.app()))
                    .filter(plan -> plan.environment().equals(subject.environment()))
                    // Another one may have been made since.
                    .filter(plan -> plan.digest().equals(subject.plan()))
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read the plans of " + build);
            return Optional.empty();
        }
    }

    @Override
    public List<EvidenceDocument> evidence(Gate gate) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null
                ? List.of()
                : build(gate.subject())
                        .map(build -> Evidence.of(build, request.getContextPath()))
                        .orElse(List.of());
    }

    private static Optional<Run<?, ?>> build(Subject subject) {
        return Jobs.find(subject.job())
                .filter(item -> subject.build() > 0 && item.hasPermission(Item.READ))
                .filter(Job.class::isInstance)
                .map(job -> ((Job<?, ?>) job).getBuildByNumber(subject.build()));
    }

    @Override
    public Optional<String> page(DeploymentRecord record) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return Jobs.find(record.origin().job())
                .filter(item -> request != null && item.hasPermission(Item.READ))
                .map(item -> request.getContextPath() + "/" + item.getUrl() + JobPage.URL + "/?app="
                        + Util.rawEncode(record.app()) + "&environment=" + Util.rawEncode(record.environment()));
    }

    @Override
    public Optional<String> deploy(DeploymentRecord current) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return Jobs.find(current.origin().job())
                .filter(item ->
                        request != null && item.hasPermission(Item.READ) && item.hasPermission(Permissions.DEPLOY))
                .map(item -> request.getContextPath() + "/" + item.getUrl()
                        + DeployPage.address(current.app(), current.environment()));
    }

    @Override
    public Optional<GitSource> git(Place place) throws ProblemException {
        DeploymentRecord last = last(place).orElseThrow(() -> unknown(place));
        Item job = Jobs.find(last.origin().job()).orElseThrow(() -> unknown(place));
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return Repositories.of(job, last, configuration(last, place));
        }
    }

    @Override
    public boolean canLook(Place place) {
        return last(place).isPresent();
    }

    @Override
    public Environment look(Place place) throws ProblemException, InterruptedException {
        DeploymentRecord last = last(place).orElseThrow(() -> unknown(place));
        Item job = Jobs.find(last.origin().job()).orElseThrow(() -> unknown(place));
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return new Deployer(ByHand.ports(job, Jenkins.ANONYMOUS2)).look(configuration(last, place));
        }
    }

    @Override
    public String rollBack(Actor actor, Place place, Return wanted) throws ProblemException {
        DeploymentRecord last = last(place).orElseThrow(() -> unknown(place));
        Item job = Jobs.find(last.origin().job()).orElseThrow(() -> unknown(place));
        Errand errand = new BackByHand(job, Jenkins.getAuthentication2(), last)
                .announce(new GoingBack(wanted.release(), wanted.undo(), wanted.reason(), wanted.targets()));
        Errands.get().begin(errand);
        return errand.deployment();
    }

    @Override
    public void mayUnpin(Actor actor, Place place) throws ProblemException {
        DeploymentRecord last = last(place).orElseThrow(() -> unknown(place));
        Item job = Jobs.find(last.origin().job()).orElseThrow(() -> unknown(place));
        Registrations.check(
                job,
                Jenkins.getAuthentication2(),
                io.jenkins.plugins.gateddeploy.registration.Act.ROLL_BACK,
                new io.jenkins.plugins.gateddeploy.registration.Place(place.app(), place.environment()));
    }

    @Override
    public Gate decide(String gate, Vote vote) throws GateException {
        return Decisions.decide(Jenkins.getAuthentication2(), gate, vote.verdict(), vote.comment(), vote.plan());
    }

    @Override
    public Gate withdraw(Actor actor, String gate) throws GateException {
        return Decisions.withdraw(Jenkins.getAuthentication2(), gate);
    }

    /**
     * {@return the newest success of a place that this job, or one below it, asked for} Its configuration says how the
     * place is reached: that of another job, which anybody may have written, says nothing here.
     */
    Optional<DeploymentRecord> last(Place place) {
        History history = JenkinsHost.get().history();
        return Places.successes(history, name, place).stream().findFirst();
    }

    static Configuration configuration(DeploymentRecord last, Place place) throws ProblemException {
        try {
            return Kept.configuration(last).orElseThrow(() -> unknown(place));
        } catch (IOException e) {
            throw new ProblemException(
                    "config.file", "deploy.toml of deployment #" + last.number() + " cannot be read: " + e, "");
        }
    }

    private static ProblemException unknown(Place place) {
        return new ProblemException(
                "config.missing",
                "Nothing is kept of how " + place.app() + " was deployed to " + place.environment() + " from here.",
                "Deploy it once, or roll back with the step rollbackTo.");
    }
}
