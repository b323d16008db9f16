package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.checks.WorkspaceDevelopment;
import io.jenkins.plugins.gateddeploy.cli.host.Home;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Checking;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What every command begins with.
 *
 * @param root what the user asked for
 */
record Opening(GatedDeploy root) {

    /** {@return what deploy.toml says for an environment} */
    Configuration configuration(String environment) throws ProblemException {
        return DeployFile.read(root.config()).configuration(environment);
    }

    /** {@return what the checks of an environment need to know of this machine} */
    Checking checking(String environment, Forcing forcing) throws ProblemException {
        return Checking.of(DeployFile.read(root.config()), environment, new WorkspaceDevelopment(workspace()), forcing);
    }

    /** {@return the directory that deploy.toml is in} */
    Path workspace() {
        Path directory = root.config().toAbsolutePath().normalize().getParent();
        return directory == null ? Path.of("/") : directory;
    }

    /**
     * {@return this machine as a host}
     *
     * @param purpose for others that wait for the history: {@code deploy production}
     */
    Host host(String purpose) throws ProblemException {
        return new Host(new Host.Setup(
                new Home(root.home()),
                Optional.ofNullable(root.identity),
                Optional.ofNullable(root.knownHosts),
                root.outside.userHome(),
                root.outside.environment(),
                "gated-deploy " + purpose));
    }
}
