package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.Optional;

/**
 * What is needed to settle a deployment when the process that worked on it is gone, without its workspace and without
 * its build, if it has one. Holds no secret.
 *
 * @param deployment its id in the history
 * @param origin what asked for it
 * @param environment of deploy.toml
 * @param file name of deploy.toml, for messages
 * @param text of deploy.toml, as the deployment had it
 * @param start where its connections start
 */
record Docket(String deployment, Origin origin, String environment, String file, String text, Start start) {

    /**
     * What asked for a deployment.
     *
     * @param build its id for {@link Run#fromExternalizableId}; empty when a person did on a page
     * @param step id of the step in a Pipeline; empty elsewhere
     */
    record Origin(String build, String step) {
        /** {@return that of a deployment outside any build} */
        static Origin outside() {
            return new Origin("", "");
        }

        /** {@return the build, as long as there is one} */
        Optional<Run<?, ?>> run() {
            return build.isEmpty() ? Optional.empty() : Optional.ofNullable(Run.fromExternalizableId(build));
        }
    }

    Configuration configuration() throws ProblemException {
        return DeployFile.parse(file, text).configuration(environment);
    }
}
