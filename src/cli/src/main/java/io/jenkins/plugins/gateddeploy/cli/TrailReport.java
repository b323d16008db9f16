package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.TrailCheck;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code history --verify}: whether the audit trail of this home is as it was when it was written.
 *
 * @param root what the user asked for
 * @param environment whose targets are looked at; empty for all of deploy.toml
 */
record TrailReport(GatedDeploy root, Optional<String> environment) {

    int call() throws ProblemException, InterruptedException {
        try (Host host = new Opening(root).host("history --verify")) {
            Ports ports = host.ports(line -> {}, Progress.none());
            List<String> unreached = new ArrayList<>();
            List<Environment> found = look(ports, unreached);
            TrailCheck.Outcome outcome =
                    new TrailCheck(ports.history(), ports.owner().host()).check(found);
            if (root.json) {
                print(outcome, unreached);
            } else {
                say(outcome, unreached);
            }
            return outcome.faults().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private List<Environment> look(Ports ports, List<String> unreached) throws ProblemException, InterruptedException {
        if (environment.isEmpty() && !Files.exists(root.config())) {
            return List.of();
        }
        DeployFile file = DeployFile.read(root.config());
        List<Environment> found = new ArrayList<>();
        for (String name : environment.map(List::of).orElseGet(() -> List.copyOf(file.environments()))) {
            try {
                Environment seen = new Deployer(ports).look(file.configuration(name));
                seen.targets().stream()
                        .filter(t -> !seen.ends().containsKey(t.target()))
                        .forEach(t -> unreached.add(name + ": " + t.target() + ": " + t.failure()));
                found.add(seen);
            } catch (ProblemException e) {
                if (environment.isPresent()) {
                    throw e;
                }
                unreached.add(name + ": " + e.getMessage());
            }
        }
        return found;
    }

    private void say(TrailCheck.Outcome outcome, List<String> unreached) {
        Reading reading = Reading.of(root);
        Style style = reading.style();
        outcome.faults().forEach(fault -> reading.out().println(style.bad("does not fit: ") + Style.plain(fault)));
        unreached.forEach(why -> reading.out().println(style.doubtful("not compared: ") + Style.plain(why)));
        if (outcome.foreign() > 0) {
            reading.out()
                    .println(style.doubtful("not compared: ") + outcome.foreign()
                            + " notes on targets by other hosts, whose trails are there");
        }
        String read = outcome.entries() + " entries, " + outcome.compared() + " notes on targets compared.";
        reading.out()
                .println(
                        outcome.faults().isEmpty()
                                ? style.good("The audit trail is whole: ") + read
                                : style.bad("The audit trail is not as it was written: ") + read);
    }

    private void print(TrailCheck.Outcome outcome, List<String> unreached) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("exitCode", outcome.faults().isEmpty() ? ExitCode.DONE : ExitCode.FAILED);
        document.put("entries", outcome.entries());
        document.put("compared", outcome.compared());
        document.put("foreign", outcome.foreign());
        document.put("unreached", unreached);
        document.put("faults", outcome.faults());
        Json.print(root.outside.out(), document);
    }
}
