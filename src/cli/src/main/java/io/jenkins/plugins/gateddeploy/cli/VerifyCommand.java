package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.checks.report.JunitXml;
import io.jenkins.plugins.gateddeploy.checks.report.Sarif;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Verified;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code verify ENV}. */
@Command(
        name = "verify",
        description =
                "Run every check that runs before a deployment, change nothing, and say how to mend what is wrong.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Mixin
    private VersionOptions version;

    @Mixin
    private ForcingOptions forcing;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write what was found as SARIF, too.")
    private Path sarif;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write what was found as JUnit XML, too.")
    private Path junit;

    @Override
    public Integer call() throws Exception {
        version.check();
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("verify " + environment)) {
            host.warmUp();
            Verdict verdict = verdict(opening, configuration, host);
            write(configuration, verdict);
            return verdict.print(root, configuration);
        }
    }

    /** Without a version there is still something to be told about the targets. */
    private Verdict verdict(Opening opening, Configuration configuration, Host host)
            throws ProblemException, InterruptedException {
        GitSource git = null;
        Doctor.Finding finding;
        try {
            GitSource found = version.isFolder() ? null : host.git(configuration, opening.workspace());
            git = found;
            finding = () -> version.find(found, configuration);
        } catch (ProblemException e) {
            finding = () -> {
                throw e;
            };
        }
        Deployer.Request request = new Deployer.Request(configuration, List.of(), Set.of(), git)
                .with(opening.checking(environment, forcing.forcing()));
        Verified verified = new Deployer(host.ports(line -> {}, Progress.none())).verify(request, finding);
        return new Verdict(verified.plan(), verified.judgement());
    }

    private void write(Configuration configuration, Verdict verdict) throws IOException {
        if (sarif != null) {
            Files.writeString(sarif, Sarif.of(verdict.judgement()));
        }
        if (junit != null) {
            Files.writeString(
                    junit, JunitXml.of(configuration.app(), configuration.environment(), verdict.judgement()));
        }
    }
}
