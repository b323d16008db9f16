package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is kept of a deployment that a person began on a page, outside any build: the same as of one that a build asked
 * for, so that it is settled when Jenkins dies in the middle of it.
 */
public final class OutsideBuilds {
    private OutsideBuilds() {}

    /**
     * Keeps what a deployment is made by, before it touches anything.
     *
     * @throws IOException when it cannot be written; the deployment must not begin then
     */
    static void keep(DeploymentRecord record, Configurations.Source file) throws IOException {
        Kept.keep(record, file);
        try {
            dockets()
                    .keep(new Docket(
                            record.id(),
                            Docket.Origin.outside(),
                            record.environment(),
                            file.name(),
                            file.text(),
                            Start.onController()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Throws away what was only kept for a crash, if the deployment has ended. */
    public static void forget(String deployment) {
        History history = JenkinsHost.get().history();
        if (history.find(deployment).filter(r -> !r.state().isFinal()).isEmpty()) {
            dockets().forget(deployment);
        }
    }

    private static Dockets dockets() {
        return new Dockets(JenkinsHost.get().dockets());
    }
}
