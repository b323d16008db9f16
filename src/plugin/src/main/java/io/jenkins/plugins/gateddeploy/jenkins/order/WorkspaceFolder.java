package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.FilePath;
import io.jenkins.plugins.gateddeploy.jenkins.agent.AgentFiles;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.IOException;
import java.time.Clock;

/** Makes a version of a folder of the workspace. */
final class WorkspaceFolder {
    private WorkspaceFolder() {}

    /**
     * {@return the files of the folder as they are now}
     *
     * @throws ProblemException when there is no such folder
     */
    static Version read(Site site, WorkspaceSource source) throws ProblemException, IOException, InterruptedException {
        FilePath workspace = site.workspace()
                .orElseThrow(() -> new ProblemException(
                        "order.source",
                        "There is no workspace to take the folder " + source.getWorkspace() + " from.",
                        "Use the step inside node."));
        FilePath folder = WorkspacePath.in(workspace, source.getWorkspace());
        if (folder.isRemote()) {
            return new AgentFiles(folder).folder("", source.included(), source.excluded());
        }
        return new FolderSource(folder.getRemote(), source.included(), source.excluded()).read(Clock.systemUTC());
    }
}
