package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;

/** Talks with the repository's server: asks for its refs, and fetches. */
final class GitRemote {
    /** How long a server may stay silent, in seconds. */
    private static final int SILENCE = 60;

    private static final List<RefSpec> EVERYTHING =
            List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

    private final GitLocation location;
    private final GitAddress address;

    GitRemote(GitLocation location, GitAddress address) {
        this.location = location;
        this.address = address;
    }

    /** {@return the refs of the server, by their full names, tags peeled; with {@code HEAD}} */
    Map<String, Ref> refs(Repository local) throws ProblemException, InterruptedException {
        return talk(local, transport -> {
            try (FetchConnection connection = transport.openFetch()) {
                return connection.getRefsMap();
            }
        });
    }

    /** Makes branches and tags of a local repository those of the server. */
    void fetch(Repository local) throws ProblemException, InterruptedException {
        fetch(local, EVERYTHING, true);
    }

    /** Fetches a commit that no branch or tag leads to, and keeps it. Many servers refuse that. */
    void fetchCommit(Repository local, ObjectId commit) throws ProblemException, InterruptedException {
        fetch(local, List.of(new RefSpec(commit.name() + ":refs/deployed/" + commit.name())), false);
    }

    /**
     * Gives the server a branch that it does not have yet.
     *
     * @throws ProblemException {@code revert.push} when it does not take it
     */
    void push(Repository local, ObjectId commit, String branch)
            throws ProblemException, IOException, InterruptedException {
        RemoteRefUpdate update =
                new RemoteRefUpdate(local, commit.name(), Constants.R_HEADS + branch, false, null, ObjectId.zeroId());
        talk(local, transport -> transport.push(new UntilInterrupted(), List.of(update)));
        RemoteRefUpdate.Status status = update.getStatus();
        if (status != RemoteRefUpdate.Status.OK && status != RemoteRefUpdate.Status.UP_TO_DATE) {
            throw new ProblemException(
                    "revert.push",
                    "The git repository " + address.shown() + " did not take the branch " + branch + ": "
                            + status.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                            + (update.getMessage() == null ? "" : ", " + address.mask(update.getMessage())) + ".",
                    "See that its credential may push, and that the branch is not there already.");
        }
    }

    private void fetch(Repository local, List<RefSpec> refs, boolean prune)
            throws ProblemException, InterruptedException {
        talk(local, transport -> {
            transport.setRemoveDeletedRefs(prune);
            transport.setTagOpt(TagOpt.NO_TAGS);
            return transport.fetch(new UntilInterrupted(), refs);
        });
    }

    private <T> T talk(Repository local, Conversation<T> conversation) throws ProblemException, InterruptedException {
        GitLogin login = GitLogin.of(address, location.credential());
        try (SshdSessionFactory ssh = address.isSsh() ? GitSsh.sessions(location) : null;
                Transport transport = Transport.open(local, uri())) {
            transport.setTimeout(SILENCE);
            transport.setCredentialsProvider(login);
            if (transport instanceof SshTransport overSsh) {
                overSsh.setSshSessionFactory(ssh);
            }
            if (transport instanceof TransportHttp http) {
                http.setUseSmartHttp(true);
            }
            return conversation.with(transport);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("stopped while talking to git").initCause(e);
            }
            throw new GitTrouble(address, login).explain(e);
        }
    }

    private URIish uri() {
        if (location.credential().orElse(null) instanceof GitCredential.Ssh ssh && address.isSsh()) {
            return address.uri().setUser(GitLogin.sshUser(address, ssh));
        }
        return address.uri();
    }

    /** One exchange with a server. */
    @FunctionalInterface
    private interface Conversation<T> {
        T with(Transport transport) throws TransportException, NotSupportedException;
    }

    /** JGit asks its progress monitor between two steps whether to go on. */
    private static final class UntilInterrupted extends EmptyProgressMonitor implements ProgressMonitor {
        @Override
        public boolean isCancelled() {
            return Thread.currentThread().isInterrupted();
        }
    }
}
