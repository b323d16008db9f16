package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.FilePath;
import hudson.remoting.Channel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.ContentSource;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.eclipse.jgit.lib.Constants;

/**
 * Versions that are in a workspace on an agent, and stay there: their files go from the agent to the servers.
 *
 * @param workspace on an agent, not on the controller
 */
public record AgentFiles(FilePath workspace) {

    /** {@return whether a workspace is on an agent} */
    public static boolean isOnAgent(FilePath workspace) {
        return workspace.getChannel() instanceof Channel;
    }

    /**
     * {@return whether the workspace is a git repository}
     *
     * @throws IOException when the agent is lost
     */
    public boolean hasRepository() throws IOException, InterruptedException {
        return workspace.child(Constants.DOT_GIT).exists();
    }

    /**
     * {@return a folder as a version}
     *
     * @param folder relative to the workspace; empty for all of it
     * @throws ProblemException as {@link FolderSource#read}
     * @throws IOException when the agent is lost
     */
    public Version folder(String folder, List<String> includes, List<String> excludes)
            throws ProblemException, IOException, InterruptedException {
        String path = folder.isEmpty()
                ? workspace.getRemote()
                : workspace.child(folder).getRemote();
        return find(new ReadFolder(new FolderSource(path, includes, excludes)));
    }

    /**
     * {@return a commit of the repository in the workspace}
     *
     * @param ref as {@link GitSource#resolve}; what is in the workspace counts, no server is asked
     * @throws ProblemException as {@link GitSource#resolve}
     * @throws IOException when the agent is lost
     */
    public Version commit(String ref) throws ProblemException, IOException, InterruptedException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        String cache =
                (temporary == null ? workspace.child(".gated-deploy") : temporary.child("gated-deploy")).getRemote();
        return find(new ResolveCommit(workspace.getRemote(), cache, ref));
    }

    private Version find(Finding finding) throws ProblemException, IOException, InterruptedException {
        if (!(workspace.getChannel() instanceof Channel channel)) {
            throw new IOException("The workspace " + workspace + " is on no agent that is connected.");
        }
        try {
            Found found = channel.call(new Find(finding));
            return new Version(found.revision(), new AgentContent(found.content(), channel));
        } catch (ProblemException | IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private record Found(Revision revision, ContentSource content) implements Serializable {
        static Found of(Version version) {
            return new Found(version.revision(), version.content());
        }
    }

    /** A way to find a version, on the agent. */
    private sealed interface Finding extends Serializable {
        Version find() throws ProblemException, InterruptedException;
    }

    private record ReadFolder(FolderSource folder) implements Finding {
        @Override
        public Version find() throws ProblemException, InterruptedException {
            return folder.read(Clock.systemUTC());
        }
    }

    private record ResolveCommit(String workspace, String cache, String ref) implements Finding {
        @Override
        public Version find() throws ProblemException, InterruptedException {
            Path here = Path.of(workspace);
            return new GitSource(GitLocation.of(workspace, Path.of(cache)).withWorkspace(here)).resolve(ref);
        }
    }

    private static final class Find extends MasterToSlaveCallable<Found, Exception> {
        private static final long serialVersionUID = 1;
        private final Finding finding;

        Find(Finding finding) {
            this.finding = finding;
        }

        @Override
        public Found call() throws ProblemException, InterruptedException {
            return Found.of(finding.find());
        }
    }
}
