package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A git repository as a source of versions: finds the commit that a name means, and its files.
 *
 * <p>It keeps a bare clone in a cache folder, which several processes may share, and asks the server only when it must:
 * a full commit that is already here costs no network. Safe for use by several threads. An interrupt ends waiting for
 * the cache at once, and talking to the server at the next chance.
 */
public final class GitSource {
    private final GitCache cache;
    private final GitWorkspace workspace;
    private final GitStock stock;

    /**
     * A source.
     *
     * @throws ProblemException when the location's address is none that git knows
     */
    public GitSource(GitLocation location) throws ProblemException {
        GitAddress address = GitAddress.of(location.repository());
        GitRemote remote = new GitRemote(location, address);
        this.cache = new GitCache(location.cache(), address.digest(user(location)), remote);
        this.workspace = new GitWorkspace(location.workspace());
        this.stock = new GitStock(address, cache, workspace);
    }

    /**
     * Finds a version.
     *
     * @param ref a tag, a branch, a full commit or at least four digits of one; {@code HEAD} or null for the default
     *     branch. A tag comes before a branch of the same name; {@code origin/x} is the branch {@code x}. It is a name and
     *     nothing else: no option, no expression, no command
     * @throws ProblemException {@code source.not-found}, {@code source.ambiguous}, {@code source.unauthorized} or
     *     {@code source.unreachable} when there is no such commit to be had; {@code source.submodule},
     *     {@code source.lfs} or {@code source.unreadable} when its files cannot be deployed
     * @throws InterruptedException when the thread was interrupted
     */
    public Version resolve(String ref) throws ProblemException, InterruptedException {
        try {
            return new GitVersions(stock).named(ref == null ? Constants.HEAD : ref);
        } catch (IOException e) {
            throw stock.unreadable(e);
        }
    }

    /**
     * {@return the names of all tags, as the server has them now, in no particular order}
     *
     * @throws ProblemException {@code source.unauthorized} or {@code source.unreachable} when it cannot be asked
     * @throws InterruptedException when the thread was interrupted
     */
    public List<String> tags() throws ProblemException, InterruptedException {
        try {
            return cache.remoteRefs().keySet().stream()
                    .filter(ref -> ref.startsWith(Constants.R_TAGS))
                    .map(ref -> ref.substring(Constants.R_TAGS.length()))
                    .toList();
        } catch (IOException e) {
            throw stock.unreadable(e);
        }
    }

    /**
     * Lists what a deployment brings.
     *
     * @param fromCommit what is current, 40 hex digits
     * @param toCommit what is to come, 40 hex digits
     * @param limit the largest number of commits to list
     * @return the commits that {@code toCommit} has and {@code fromCommit} has not, newest first; empty when the
     *     repository does not know {@code fromCommit} (any more)
     * @throws ProblemException when {@code toCommit} is not there, or the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<List<Revision>> between(String fromCommit, String toCommit, int limit)
            throws ProblemException, InterruptedException {
        return stock.compared(
                fromCommit, toCommit, (repository, from, to) -> GitCommits.between(repository, from, to, limit));
    }

    /**
     * Lists the files in which two versions differ.
     *
     * @param fromCommit what is current, 40 hex digits
     * @param toCommit what is to come, 40 hex digits
     * @param most the largest number of files to list; all are counted
     * @return empty when the repository does not know {@code fromCommit} (any more)
     * @throws ProblemException when {@code toCommit} is not there, or the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<ChangedFiles> changed(String fromCommit, String toCommit, int most)
            throws ProblemException, InterruptedException {
        return stock.compared(
                fromCommit, toCommit, (repository, from, to) -> GitChanges.between(repository, from, to, most));
    }

    /**
     * Looks whether a branch has a commit. The server is asked where the branch is; history is fetched only when it is
     * not here.
     *
     * @param commit 40 hex digits
     * @param branch as people write it: {@code main}, {@code origin/main} or {@code refs/heads/main}
     * @return whether the commit is the branch's, or comes before it
     * @throws ProblemException {@code source.not-found} when there is no such branch, or the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public boolean isOnBranch(String commit, String branch) throws ProblemException, InterruptedException {
        ObjectId wanted = ObjectId.fromString(commit);
        try {
            GitRefs refs = new GitRefs(cache.remoteRefs());
            Optional<ObjectId> found = refs.branch(branch);
            if (found.isEmpty()) {
                throw stock.notFound(branch, refs);
            }
            ObjectId head = found.get();
            Optional<Repository> here = workspace.openWithHistory(wanted, head);
            if (here.isPresent()) {
                try (Repository repository = here.get()) {
                    return GitCommits.leadsTo(repository, head, wanted);
                }
            }
            if (!stock.has(head)) {
                cache.fetch();
            }
            try (Repository repository = cache.open()) {
                return GitCommits.leadsTo(repository, head, wanted);
            }
        } catch (IOException e) {
            throw stock.unreadable(e);
        }
    }

    /**
     * Looks whether one commit comes before another.
     *
     * @param head 40 hex digits
     * @param commit 40 hex digits
     * @return whether the commit is the head, or comes before it; not when the repository does not know one of them
     * @throws ProblemException when the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public boolean leadsTo(String head, String commit) throws ProblemException, InterruptedException {
        if (!GitStock.FULL.matcher(head).matches()
                || !GitStock.FULL.matcher(commit).matches()) {
            return false;
        }
        try {
            return stock.compared(
                            commit,
                            head,
                            (repository, from, to) -> Optional.of(GitCommits.leadsTo(repository, to, from)))
                    .orElse(false);
        } catch (ProblemException e) {
            if (e.problems().stream().allMatch(p -> p.id().equals("source.not-found"))) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Looks whether a branch or tag leads to a commit. The server is always asked where they are; history is fetched only
     * when what is here cannot tell.
     *
     * @param commit 40 hex digits
     * @return whether the server has something that leads there, though a clone here may still know the commit; empty
     *     when it has no branch and no tag
     * @throws ProblemException when the server cannot be asked, or the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<Boolean> isReachable(String commit) throws ProblemException, InterruptedException {
        try {
            return new Reach(workspace, cache).to(ObjectId.fromString(commit));
        } catch (IOException e) {
            throw stock.unreadable(e);
        }
    }

    /**
     * Lists what people may choose from. The server is asked for its branches and tags; history is fetched only when a
     * branch's commit is not here.
     *
     * @param most the largest number of branches, and of tags, to list
     * @param commits the largest number of commits to list
     * @throws ProblemException when the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public Choices choices(int most, int commits) throws ProblemException, InterruptedException {
        try {
            GitRefs refs = new GitRefs(cache.remoteRefs());
            for (ObjectId head : refs.branchHeads()) {
                if (!stock.has(head)) {
                    cache.fetch();
                    break;
                }
            }
            List<String> branches = refs.names(Constants.R_HEADS);
            List<String> tags = new ArrayList<>(refs.names(Constants.R_TAGS));
            Collections.reverse(tags);
            try (Repository repository = cache.open()) {
                return new Choices(
                        branches.stream().limit(most).toList(),
                        tags.stream().limit(most).toList(),
                        GitCommits.newest(repository, refs.branchHeads(), commits),
                        branches.size() <= most && tags.size() <= most);
            }
        } catch (IOException e) {
            throw stock.unreadable(e);
        }
    }

    /**
     * Makes a branch with one commit that follows one and has the files of another: in the workspace, if that has both,
     * so that a person finds it there.
     *
     * @param from what is current, 40 hex digits
     * @param to what is gone back to, 40 hex digits
     * @param push whether the server gets the branch
     * @return the commit, 40 hex digits
     * @throws ProblemException {@code revert.same} when there is nothing to take back, {@code revert.branch} when there
     *     is another branch of that name, {@code revert.push} when the server does not take it, {@code
     *     source.not-found} when it does not know one of the commits
     * @throws InterruptedException when the thread was interrupted
     */
    public String returning(String from, String to, ReturnBranch branch, boolean push)
            throws ProblemException, InterruptedException {
        ObjectId here = ObjectId.fromString(from);
        ObjectId there = ObjectId.fromString(to);
        try (Repository repository = holding(here, there)) {
            ObjectId commit =
                    GitReturn.branch(repository, GitReturn.commit(repository, here, there, branch), branch.branch());
            if (push) {
                cache.remote().push(repository, commit, branch.branch());
            }
            return commit.name();
        } catch (IOException e) {
            throw stock.unreadable(e);
        }
    }

    private Repository holding(ObjectId... commits) throws ProblemException, IOException, InterruptedException {
        Optional<Repository> here = workspace.openWithHistory(commits[0], commits[1]);
        if (here.isPresent()) {
            return here.get();
        }
        for (ObjectId commit : commits) {
            new GitVersions(stock).named(commit.name());
        }
        return cache.open();
    }

    /** {@return whether there is a repository on this machine that a person works in, and that has two commits} */
    public boolean isAtHand(String from, String to) {
        Optional<Repository> here = workspace.openWithHistory(ObjectId.fromString(from), ObjectId.fromString(to));
        here.ifPresent(Repository::close);
        return here.isPresent();
    }

    /** Two users of one repository do not share a clone: the one may see what the other may not. */
    private static String user(GitLocation location) {
        GitCredential credential = location.credential().orElse(null);
        if (credential instanceof GitCredential.UserPassword login) {
            return "user " + login.user();
        }
        return credential instanceof GitCredential.Ssh ssh
                ? "ssh " + ssh.credential().id()
                : "";
    }
}
