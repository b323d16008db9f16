package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Ways;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rollback ENV}. */
@Command(name = "rollback", description = "Make a release current that was current before.")
final class RollbackCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            defaultValue = "previous",
            description = "previous, a release id, a tag, a commit, or #NUMBER of a deployment. Default: previous")
    private String to;

    @Option(
            names = "--undo",
            description = "First take back what the tasks of later releases did, newest first, where they say how.")
    private boolean undo;

    @Option(
            names = "--via",
            paramLabel = "ENV",
            description = "First bring that environment to the same version, and ask people before this one follows.")
    private String via;

    @Option(names = "--dry-run", description = "Print the remote commands, and run none of them.")
    private boolean dryRun;

    @Option(names = "--target", paramLabel = "TARGET", description = "Only this target; may be given again.")
    private List<String> targets = List.of();

    @Option(names = "--skip", paramLabel = "TASK", description = "Leave this task out; may be given again.")
    private List<String> skip = List.of();

    @Mixin
    private ForcingOptions forcing;

    @Mixin
    private Returning returning;

    @Override
    public Integer call() throws Exception {
        if (via != null && (dryRun || returning.isWanted())) {
            throw new ProblemException(
                    "usage.via",
                    "--via goes with neither --dry-run nor --commit: it changes another environment first.",
                    "Try --dry-run without it, for each of the two.");
        }
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("rollback " + environment)) {
            GitSource git = host.gitIfAny(configuration, opening.workspace()).orElse(null);
            Deployer.Request request = new Deployer.Request(configuration, targets, Set.copyOf(skip), git)
                    .with(forcing.mandate())
                    .with(opening.checking(environment, forcing.forcing()));
            Run run = new Run(root, host, request);
            if (returning.isWanted()) {
                return run.interruptibly(() ->
                        returning.make(root, host, configuration, host.git(configuration, opening.workspace()), to));
            }
            if (dryRun) {
                return run.interruptibly(() -> {
                    host.warmUp();
                    run.announceReturn(to);
                    return run.rehearse(deployer -> deployer.rehearse(request, to, undo));
                });
            }
            return run.tellingPeople(() -> {
                host.warmUp();
                run.announceReturn(to);
                return via == null
                        ? run.carryOut(deployer -> deployer.rollback(request, to, undo))
                        : viaAnother(opening, run);
            });
        }
    }

    private int viaAnother(Opening opening, Run run) throws Exception {
        Host host = run.host();
        Ways ways = new Ways(host.ports(line -> {}, Progress.none()));
        Ways.Way way = ways.back(run.request().configuration(), to);
        Configuration other = opening.configuration(via);
        Deployer.Request first = new Deployer.Request(
                        other,
                        List.of(),
                        Set.of(),
                        host.gitIfAny(other, opening.workspace()).orElse(null))
                .with(forcing.mandate())
                .with(opening.checking(via, forcing.forcing()));
        Run trial = new Run(root, host, first);
        int code = trial.bring(run.request().configuration(), way.to());
        if (code != ExitCode.DONE) {
            return code;
        }
        Approval approval = new Approval(root, host);
        Gate gate = approval.of(ways.plan(run.request(), way, undo));
        if (!approval.isGiven(gate)) {
            return ExitCode.CANCELLED;
        }
        Deployer.Request through = run.request().with(run.request().mandate().through(gate.id()));
        return run.carryOut(deployer -> deployer.rollback(through, way.to().release(), undo));
    }
}
