package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code deploy ENV}. */
@Command(name = "deploy", description = "Make a version current on every target of an environment.")
final class DeployCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Mixin
    private VersionOptions version;

    @Mixin
    private ForcingOptions forcing;

    @Option(names = "--dry-run", description = "Print the remote commands, and run none of them.")
    private boolean dryRun;

    @Option(names = "--target", paramLabel = "TARGET", description = "Only this target; may be given again.")
    private List<String> targets = List.of();

    @Option(names = "--skip", paramLabel = "TASK", description = "Leave this task out; may be given again.")
    private List<String> skip = List.of();

    @Option(
            names = "--emergency",
            paramLabel = "REASON",
            description =
                    "Without the approval that is asked for, and at any time. Written down for good, here and on the targets.")
    private String emergency;

    @Option(
            names = "--wait",
            description =
                    "While the environment is closed, wait until it opens, where deploy.toml says outside = \"wait\".")
    private boolean wait;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        version.check();
        if (emergency != null && emergency.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--emergency needs a reason.");
        }
        if (emergency != null && wait) {
            throw new ParameterException(spec.commandLine(), "--wait and --emergency exclude each other.");
        }
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("deploy " + environment)) {
            GitSource git = version.isFolder() ? null : host.git(configuration, opening.workspace());
            Deployer.Request request = new Deployer.Request(configuration, targets, Set.copyOf(skip), git)
                    .with(forcing.mandate())
                    .with(opening.checking(environment, forcing.forcing()));
            Run run = new Run(root, host, request);
            Callable<Integer> work = () -> {
                host.warmUp();
                Version found = version.find(git, configuration);
                run.announce(found.revision());
                return dryRun
                        ? run.rehearse(found, deployer -> deployer.rehearse(request, found))
                        : carryOut(run, found);
            };
            return dryRun ? run.interruptibly(work) : run.tellingPeople(work);
        }
    }

    private int carryOut(Run run, Version found) throws Exception {
        Deployer.Request request = run.request();
        if (emergency != null) {
            Deployer.Request past = request.with(request.mandate().inEmergency(emergency));
            return run.carryOut(deployer -> deployer.deploy(past, found));
        }
        Approval approval = new Approval(root, run.host());
        Optional<Gate> gate = approval.needed(request, found);
        if (gate.isPresent() && !approval.isGiven(gate.get())) {
            return ExitCode.CANCELLED;
        }
        if (wait) {
            Doorstep.of(root).await(request);
        }
        Deployer.Request through =
                gate.map(g -> request.with(request.mandate().through(g.id()))).orElse(request);
        return run.carryOut(deployer -> deployer.deploy(through, found));
    }
}
