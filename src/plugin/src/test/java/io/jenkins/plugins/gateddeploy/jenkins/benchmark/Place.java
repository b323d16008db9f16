package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import java.nio.file.Path;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Where it is measured.
 *
 * @param jenkins in this JVM
 * @param directory for whatever a scenario needs
 * @param fleet the servers, which Jenkins may log in to
 * @param application what is deployed to them
 */
record Place(JenkinsRule jenkins, Path directory, OpenSshFleet fleet, Application application) {

    /**
     * {@return a deploy.toml of the application}
     *
     * @param name of its directory on the servers
     * @param count how many of the servers it is deployed to
     */
    String deployToml(String name, int count) {
        return Application.deployToml(
                        fleet.path().resolve(name),
                        application.path(),
                        fleet.targets().subList(0, count))
                + "credentials = \"production-ssh\"\n";
    }

    /** Looks on each server whether the commit is what is current there. */
    void check(String name, int count, String commit) throws Exception {
        for (int server = 0; server < count; server++) {
            application.check(fleet.viewFromOutside(server).resolve(name), commit, name);
        }
    }
}
