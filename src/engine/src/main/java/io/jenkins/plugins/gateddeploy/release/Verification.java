package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.CheckList;
import io.jenkins.plugins.gateddeploy.checks.Checks;
import io.jenkins.plugins.gateddeploy.checks.CurrentReleases;
import io.jenkins.plugins.gateddeploy.checks.CurrentReleases.Standing;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.checks.VersionFiles;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChecks;
import io.jenkins.plugins.gateddeploy.checks.target.TargetChecks;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The checks of one request, begun as soon as its targets can be spoken to, beside whatever else goes on there; waited
 * for when it has to be known whether to go on.
 */
final class Verification implements AutoCloseable {
    private final Configuration configuration;
    private final Checking checking;
    private final CompletableFuture<Looked> looked = new CompletableFuture<>();
    private final List<Problem> known = new ArrayList<>();
    private final Set<String> skipped;
    private Runnable files = () -> {};
    private Checks checks;

    private Verification(Deployer.Request request) {
        configuration = request.configuration();
        checking = request.checking();
        skipped = request.skip();
        known.addAll(configuration.problemsNotBuilt());
    }

    /** {@return that of a new version, begun} */
    static Verification ofDeployment(
            Deployer.Request request, Version version, Credentials credentials, Remote remote) {
        Verification verification = new Verification(request);
        Optional<Plan> planned = request.checking().planned().filter(plan -> isOf(plan, request, version));
        planned.ifPresent(plan -> verification.known.addAll(plan.problems()));
        return verification.begun(
                planned.isPresent()
                        ? List.of()
                        : CheckList.of(verification.subject(request, version, credentials, remote)),
                remote);
    }

    /** {@return that of going back, begun: what was current has been looked at before it came, its targets may ail} */
    static Verification ofRollback(Deployer.Request request, Remote remote) {
        return new Verification(request).begun(TargetChecks.beforeRollback(request.configuration(), remote), remote);
    }

    /** {@return one that finds nothing} */
    static Verification ofNothing(Deployer.Request request) {
        return new Verification(request).begun(List.of(), Remote.none());
    }

    private static boolean isOf(Plan plan, Deployer.Request request, Version version) {
        Configuration configuration = request.configuration();
        return plan.app().equals(configuration.app())
                && plan.environment().equals(configuration.environment())
                && plan.coming().id().equals(version.revision().id())
                && plan.configuration().equals(configuration.digest());
    }

    private Verification begun(List<Check> list, Remote remote) {
        list.forEach(check -> remote.foresee(check.questions()));
        checks = Checks.start(list);
        return this;
    }

    private Subject subject(Deployer.Request request, Version version, Credentials credentials, Remote remote) {
        Optional<GitSource> repository = Optional.ofNullable(request.repository());
        VersionFiles coming = new VersionFiles(version);
        CurrentReleases current = new CurrentReleases(
                this::standings, repository, remote, configuration.release().path());
        files = () -> {
            coming.close();
            current.close();
        };
        return new Subject(
                configuration,
                checking.others(),
                version.revision(),
                coming,
                current,
                repository,
                credentials,
                remote,
                checking.development());
    }

    /** Says what is on the targets, for which some checks wait. */
    void looked(Looked now) {
        looked.complete(now);
    }

    /** Says what is wrong besides. */
    void add(List<Problem> problems) {
        known.addAll(problems);
    }

    private List<Standing> standings() throws ProblemException, InterruptedException {
        Looked now;
        try {
            now = looked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A look ended in a way that it never should.", e);
        }
        if (!now.failures().isEmpty()) {
            List<String> failures = new ArrayList<>();
            now.failures().forEach((target, failure) -> failures.add(target.name() + ": " + failure));
            throw new ProblemException(
                    Checks.FAILED,
                    "what is current cannot be told: " + String.join("; ", failures),
                    "Mend the targets first.");
        }
        List<Standing> standings = new ArrayList<>();
        now.states()
                .forEach((target, state) -> standings.add(new Standing(
                        target,
                        state.currentRelease(),
                        state.currentAbout().map(About::commit).orElse(""))));
        return standings;
    }

    /** {@return what was found, and what of it is let pass, when everything has been looked at} */
    Judgement judge() throws InterruptedException {
        List<Problem> all = new ArrayList<>(known);
        all.addAll(checks.await());
        all.addAll(SchemaChecks.ofSkipped(configuration, skipped, all));
        return checking.forcing().judge(all, checking.rules(configuration));
    }

    @Override
    public void close() {
        checks.close();
        files.run();
    }
}
