package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code unpin ENV}. */
@Command(name = "unpin", description = "Let commits that a rollback took back come again by themselves.")
final class UnpinCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for the audit trail.")
    private String reason;

    @Override
    public Integer call() throws Exception {
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("unpin " + environment)) {
            Pins pins = host.history().pins();
            Pin.Lifted how = new Pin.Lifted(System.getProperty("user.name"), Instant.now(), reason.strip());
            List<Pin> lifted = pins.liftAll(configuration.app(), configuration.environment(), how);
            if (root.json) {
                Json.print(root.outside.out(), Documents.unpinned(configuration, lifted));
            } else {
                print(lifted);
            }
            return ExitCode.DONE;
        }
    }

    private void print(List<Pin> lifted) {
        Reading reading = Reading.of(root);
        if (lifted.isEmpty()) {
            reading.out().println(environment + " is not pinned.");
        }
        lifted.forEach(pin -> reading.out().println(Style.plain("Lifted: " + pin.words())));
    }
}
