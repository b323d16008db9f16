package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;

/** Throws dockets away when nobody needs them any more: their build has ended, and so have they. */
@Extension
public final class DocketsOfBuilds extends RunListener<Run<?, ?>> {
    @Override
    public void onCompleted(Run<?, ?> build, TaskListener listener) {
        forget(build);
    }

    @Override
    public void onDeleted(Run<?, ?> build) {
        forget(build);
    }

    private static void forget(Run<?, ?> build) {
        // Most builds have nothing to do with deployments.
        if (build.getAction(DeploymentAction.class) == null) {
            return;
        }
        JenkinsHost host = JenkinsHost.get();
        Dockets dockets = new Dockets(host.dockets());
        for (Docket docket : dockets.of(build.getExternalizableId())) {
            if (host.history()
                    .find(docket.deployment())
                    .map(DeploymentRecord::state)
                    .map(State::isFinal)
                    .orElse(true)) {
                dockets.forget(docket.deployment());
            }
        }
    }
}
