package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "Branch, tag or commit. Default: the environment's branch, else the default branch")
    private String ref;

    @Option(names = "--source", paramLabel = "DIR", description = "Deploy this folder instead of a commit.")
    private Path source;

    @Option(names = "--include", paramLabel = "PATTERN", description = "Of the folder, only what matches (dist/**).")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Of the folder, not what matches.")
    private List<String> exclude = List.of();

    @Option(names = "--dry-run", description = "Print the remote commands, and run none of them.")
    private boolean dryRun;

    @Option(names = "--target", paramLabel = "TARGET", description = "Only this target; may be given again.")
    private List<String> targets = List.of();

    @Option(names = "--skip", paramLabel = "TASK", description = "Leave this task out; may be given again.")
    private List<String> skip = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
    private String reason = "";

    @Option(
            names = "--force",
            description = "Go on in spite of problems that checks found. No check of this version can be forced yet;"
                    + " for a lock that is in the way, see unlock.")
    @SuppressWarnings("unused") // taken, so that scripts may give it already
    private boolean force;

    @Override
    public Integer call() throws Exception {
        check();
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("deploy " + environment)) {
            GitSource git = source == null ? host.git(configuration, opening.workspace()) : null;
            Deployer.Request request = new Deployer.Request(configuration, targets, Set.copyOf(skip), git)
                    .with(Mandate.none().because(reason.strip()));
            Run run = new Run(root, host, request);
            return run.interruptibly(() -> {
                host.warmUp();
                Version version = version(git, configuration);
                run.announce(version.revision());
                return dryRun
                        ? run.rehearse(deployer -> deployer.rehearse(request, version))
                        : run.carryOut(deployer -> deployer.deploy(request, version));
            });
        }
    }

    private void check() {
        if (source != null && ref != null) {
            throw new ParameterException(spec.commandLine(), "--source and --ref exclude each other.");
        }
        if (source == null && !(include.isEmpty() && exclude.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--include and --exclude need --source.");
        }
    }

    private Version version(GitSource git, Configuration configuration) throws ProblemException, InterruptedException {
        if (git == null) {
            String folder = source.toAbsolutePath().normalize().toString();
            return new FolderSource(folder, include, exclude).read(Clock.systemUTC());
        }
        return git.resolve(ref != null ? ref : configuration.branch().orElse(null));
    }
}
