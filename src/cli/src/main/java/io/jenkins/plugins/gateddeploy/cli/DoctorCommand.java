package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code doctor ENV}. */
@Command(
        name = "doctor",
        description = {
            "Look whether the targets are fit to be deployed to, and say how to mend what is not:",
            "SSH, host key, disk, inodes, memory, permissions, clock, programs, git."
        })
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Override
    public Integer call() throws Exception {
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("doctor " + environment)) {
            host.warmUp();
            Ports ports = host.ports(line -> {}, Progress.none());
            String branch = configuration.branch().orElse(null);
            return Findings.print(
                    root,
                    configuration,
                    new Doctor(ports.credentials(), ports.connector(), ports.clock())
                            .examine(
                                    configuration,
                                    () -> host.git(configuration, opening.workspace())
                                            .resolve(branch)));
        }
    }
}
