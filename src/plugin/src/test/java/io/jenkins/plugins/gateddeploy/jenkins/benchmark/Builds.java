package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.Draft;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * Builds of a job that each deployed, made from one that did: its directory is copied, and so is its record in the
 * history, each with a number and an id of its own.
 *
 * @param original the job's only build
 * @param deployment what it did
 */
record Builds(WorkflowRun original, DeploymentRecord deployment) {

    /** {@return a job's only build, to be copied} */
    static Builds like(WorkflowRun original) {
        Filter.Job job = new Filter.Job(original.getParent().getFullName(), false, original.getNumber());
        return new Builds(
                original, history().list(Filter.of(job, 1)).stream().findFirst().orElseThrow());
    }

    /** Makes further ones, up to a number. */
    void copy(int last) throws IOException {
        WorkflowJob job = original.getParent();
        Path directory = original.getRootDir().toPath();
        for (int number = original.getNumber() + 1; number <= last; number++) {
            String id = record(new Origin(job.getFullName(), number, job.getFullDisplayName() + " #" + number));
            Path copy = directory.resolveSibling(Integer.toString(number));
            copy(directory, copy);
            Path file = copy.resolve("build.xml");
            Files.writeString(file, Files.readString(file).replace(deployment.id(), id));
        }
        job.updateNextBuildNumber(last + 1);
        job.doReload();
    }

    private String record(Origin origin) {
        DeploymentRecord d = deployment;
        Asked asked = new Asked(d.app(), d.environment(), d.kind(), d.ref(), d.actor(), origin);
        DeploymentRecord begun = history().begin(asked, d.owner(), d.started());
        history()
                .update(
                        begun.id(),
                        r -> Draft.like(r)
                                // Each has a release of its own: that is what one may go back to.
                                .release(d.release() + "-" + r.number())
                                .commit(d.commit(), d.tag(), d.subject(), d.author())
                                .ended(d.ended())
                                .state(d.state(), d.message())
                                .targets(d.targets())
                                .judgement(d.judgement())
                                .made());
        return begun.id();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
