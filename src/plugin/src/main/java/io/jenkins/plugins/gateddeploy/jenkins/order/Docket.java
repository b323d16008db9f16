package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;

/**
 * What is needed to settle a deployment when the process that worked on it is gone, without its workspace and without
 * its build. Holds no secret.
 *
 * @param deployment its id in the history
 * @param origin the build, and the step in it, that asked for it
 * @param environment of deploy.toml
 * @param file name of deploy.toml, for messages
 * @param text of deploy.toml, as the deployment had it
 * @param start where its connections start
 */
record Docket(String deployment, Origin origin, String environment, String file, String text, Start start) {

    /**
     * What asked for a deployment.
     *
     * @param build its id for {@link hudson.model.Run#fromExternalizableId}
     * @param step id of the step in a Pipeline; empty elsewhere
     */
    record Origin(String build, String step) {
        /** {@return the job's full name} */
        String job() {
            int hash = build.lastIndexOf('#');
            return hash < 0 ? build : build.substring(0, hash);
        }
    }

    Configuration configuration() throws ProblemException {
        return DeployFile.parse(file, text).configuration(environment);
    }
}
