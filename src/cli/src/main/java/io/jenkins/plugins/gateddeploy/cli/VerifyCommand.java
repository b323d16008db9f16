package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.release.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code verify ENV}. */
@Command(
        name = "verify",
        description = "Look whether a deployment would get to its beginning: configuration, credentials, git, targets.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Option(names = "--ref", paramLabel = "REF", description = "The version that is to be deployed.")
    private String ref;

    @Override
    public Integer call() throws Exception {
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("verify " + environment)) {
            host.warmUp();
            String wanted = ref != null ? ref : configuration.branch().orElse(null);
            return Findings.print(
                    root,
                    configuration,
                    new Doctor(host.ports(line -> {}, Progress.none()))
                            .verify(
                                    configuration,
                                    () -> host.git(configuration, opening.workspace())
                                            .resolve(wanted)));
        }
    }
}
