package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import java.io.IOException;
import java.util.List;

/** Lets a build have evidence, also of names that no step would take. */
public final class EvidenceOfBuilds {
    private EvidenceOfBuilds() {}

    /** Says of a build that people should look at these before they decide. */
    public static void show(Run<?, ?> build, List<String> paths) throws IOException {
        DeploymentAction.announce(build, paths);
    }
}
