package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.console.ConsoleHost;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.console.document.DeploymentDocument;
import io.jenkins.plugins.gateddeploy.console.document.EvidenceDocument;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** This machine as the console's host. What deploy.toml says is read anew each time. */
final class Laptop implements ConsoleHost, AutoCloseable {
    private final Host host;
    private final Path config;
    private final Path workspace;
    private final ExecutorService work =
            Executors.newCachedThreadPool(task -> new Thread(task, "gated-deploy rollback"));

    /**
     * @param config deploy.toml; need not be there
     * @param workspace its directory
     */
    Laptop(Host host, Path config, Path workspace) {
        this.host = host;
        this.config = config;
        this.workspace = workspace;
    }

    @Override
    public List<Place> places(Optional<String> job) {
        try {
            if (!Files.exists(config)) {
                return List.of();
            }
            DeployFile file = DeployFile.read(config);
            return file.environments().stream()
                    .map(environment -> new Place(file.app(), environment))
                    .toList();
        } catch (ProblemException e) {
            // Whoever wants to deploy hears of it; what was deployed is shown all the same.
            return List.of();
        }
    }

    @Override
    public Optional<DeploymentDocument.Build> build(DeploymentRecord record) {
        return Optional.empty();
    }

    @Override
    public Optional<DeploymentDocument.Build> build(Gate gate) {
        return Optional.empty();
    }

    /** {@inheritDoc} Nothing is kept here beside the history. */
    @Override
    public Optional<Plan> plan(DeploymentRecord record) {
        return Optional.empty();
    }

    @Override
    public Optional<Plan> plan(Gate gate) {
        return host.plans()
                .find(gate.id())
                .filter(plan -> plan.digest().equals(gate.subject().plan()));
    }

    /** {@inheritDoc} No build has archived any here. */
    @Override
    public List<EvidenceDocument> evidence(Gate gate) {
        return List.of();
    }

    @Override
    public Optional<String> page(DeploymentRecord record) {
        return Optional.empty();
    }

    @Override
    public Optional<GitSource> git(Place place) throws ProblemException {
        return host.gitIfAny(configuration(place), workspace);
    }

    @Override
    public boolean canLook(Place place) {
        return places(Optional.empty()).contains(place);
    }

    @Override
    public Environment look(Place place) throws ProblemException, InterruptedException {
        return new Deployer(host.ports(line -> {}, Progress.none())).look(configuration(place));
    }

    private Configuration configuration(Place place) throws ProblemException {
        DeployFile file = DeployFile.read(config);
        if (!file.app().equals(place.app())) {
            throw new ProblemException(
                    "config.other",
                    config + " is about " + file.app() + ", not about " + place.app() + ".",
                    "Start gated-deploy serve beside the deploy.toml of " + place.app() + ".");
        }
        return file.configuration(place.environment());
    }

    @Override
    public String rollBack(Actor actor, Place place, Return wanted) throws ProblemException, InterruptedException {
        Configuration configuration = configuration(place);
        Deployer.Request request = new Deployer.Request(
                        configuration,
                        wanted.targets(),
                        Set.of(),
                        host.gitIfAny(configuration, workspace).orElse(null))
                .with(Mandate.none().because(wanted.reason()));
        CompletableFuture<String> begun = new CompletableFuture<>();
        Deployer deployer =
                new Deployer(host.ports(new Announcing(host.history(), begun::complete), line -> {}, Progress.none()));
        work.execute(() -> {
            try {
                deployer.rollback(request, wanted.release(), wanted.undo());
            } catch (ProblemException | RuntimeException e) {
                // After its beginning the record and the log tell.
                begun.completeExceptionally(e);
            }
        });
        return await(begun);
    }

    private static String await(CompletableFuture<String> begun) throws ProblemException, InterruptedException {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException("The rollback could not begin", e.getCause());
        }
    }

    @Override
    public Gate decide(String gate, Vote vote) throws GateException {
        return host.history().gates().decide(gate, vote, Instant.now());
    }

    @Override
    public Gate withdraw(Actor actor, String gate) throws GateException {
        return host.history().gates().withdraw(gate, actor, Instant.now());
    }

    /** Ends rollbacks that are under way cleanly, and waits for that. */
    @Override
    public void close() {
        work.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!work.awaitTermination(1, TimeUnit.MINUTES)) {
                // A target that does not answer is given up after a while; a second signal ends the process at once.
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
