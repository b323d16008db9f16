package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Display;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Unlocked;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code unlock ENV}. */
@Command(
        name = "unlock",
        description = "Settle what a deployment that died has left on the targets, and give its lock back. A holder"
                + " that may be alive keeps it: one of another machine for a minute after its last sign of life, and as"
                + " long as a task of it runs. The command does not wait for that; it says how long it takes.")
final class UnlockCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Option(names = "--force", description = "At once, even though the holder of the lock may be alive.")
    private boolean force;

    @Override
    public Integer call() throws Exception {
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("unlock " + environment)) {
            Run run = new Run(root, host, new Deployer.Request(configuration, List.of(), Set.of()));
            return run.interruptibly(() -> unlock(host, configuration));
        }
    }

    private int unlock(Host host, Configuration configuration) throws Exception {
        Unlocked unlocked;
        Reading reading = Reading.of(root);
        try (Display display = reading.display(configuration)) {
            unlocked = new Deployer(host.ports(display, display)).unlock(configuration, force);
        }
        reading.out().println(Style.plain(unlocked.message()));
        if (root.json) {
            Json.print(root.outside.out(), Documents.unlocked(configuration, unlocked));
        }
        return unlocked.done() ? ExitCode.DONE : unlocked.held() ? ExitCode.LOCKED : ExitCode.FAILED;
    }
}
