package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * A git repository as a source of versions: finds the commit that a name means, and its files.
 *
 * <p>It keeps a bare clone in a cache folder, which several processes may share, and asks the server only when it must:
 * a full commit that is already here costs no network. Safe for use by several threads. An interrupt ends waiting for
 * the cache at once, and talking to the server at the next chance.
 */
public final class GitSource {
    private static final Pattern FULL = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern SHORT = Pattern.compile("[0-9a-fA-F]{4,39}");

    private final GitAddress address;
    private final GitCache cache;
    private final GitWorkspace workspace;

    /**
     * A source.
     *
     * @throws ProblemException when the location's address is none that git knows
     */
    public GitSource(GitLocation location) throws ProblemException {
        this.address = GitAddress.of(location.repository());
        GitRemote remote = new GitRemote(location, address);
        this.cache = new GitCache(location.cache(), address.digest(user(location)), remote);
        this.workspace = new GitWorkspace(location.workspace());
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
        String name = ref == null ? Constants.HEAD : ref;
        try {
            if (FULL.matcher(name).matches()) {
                return fullCommit(ObjectId.fromString(name), name);
            }
            GitRefs refs = new GitRefs(cache.remoteRefs());
            Optional<ObjectId> named = refs.find(name);
            ObjectId commit = named.isPresent() ? named.get() : abbreviated(name, refs);
            return version(commit, name, refs);
        } catch (IOException e) {
            throw unreadable(e);
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
            throw unreadable(e);
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
        return compared(
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
        return compared(fromCommit, toCommit, (repository, from, to) -> GitChanges.between(repository, from, to, most));
    }

    /** What is read of two commits that a repository has. */
    @FunctionalInterface
    private interface Comparison<T> {
        Optional<T> of(Repository repository, ObjectId from, ObjectId to) throws IOException;
    }

    private <T> Optional<T> compared(String fromCommit, String toCommit, Comparison<T> comparison)
            throws ProblemException, InterruptedException {
        if (!FULL.matcher(fromCommit).matches()) {
            return Optional.empty();
        }
        ObjectId from = ObjectId.fromString(fromCommit);
        ObjectId to = ObjectId.fromString(toCommit);
        try {
            Optional<Repository> here = workspace.openWithHistory(from, to);
            if (here.isPresent()) {
                try (Repository repository = here.get()) {
                    return comparison.of(repository, from, to);
                }
            }
            if (!cacheHas(from) || !cacheHas(to)) {
                cache.fetch();
            }
            if (!cacheHas(to)) {
                fetchUnnamed(to, toCommit);
            }
            try (Repository repository = cache.open()) {
                return comparison.of(repository, from, to);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
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
                throw notFound(branch, refs);
            }
            ObjectId head = found.get();
            Optional<Repository> here = workspace.openWithHistory(wanted, head);
            if (here.isPresent()) {
                try (Repository repository = here.get()) {
                    return GitCommits.leadsTo(repository, head, wanted);
                }
            }
            if (!cacheHas(head)) {
                cache.fetch();
            }
            try (Repository repository = cache.open()) {
                return GitCommits.leadsTo(repository, head, wanted);
            }
        } catch (IOException e) {
            throw unreadable(e);
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
        if (!FULL.matcher(head).matches() || !FULL.matcher(commit).matches()) {
            return false;
        }
        try {
            return compared(
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
            throw unreadable(e);
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
                if (!cacheHas(head)) {
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
            throw unreadable(e);
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
            throw unreadable(e);
        }
    }

    private Repository holding(ObjectId... commits) throws ProblemException, IOException, InterruptedException {
        Optional<Repository> here = workspace.openWithHistory(commits[0], commits[1]);
        if (here.isPresent()) {
            return here.get();
        }
        for (ObjectId commit : commits) {
            fullCommit(commit, commit.name());
        }
        return cache.open();
    }

    /** {@return whether there is a repository on this machine that a person works in, and that has two commits} */
    public boolean isAtHand(String from, String to) {
        Optional<Repository> here = workspace.openWithHistory(ObjectId.fromString(from), ObjectId.fromString(to));
        here.ifPresent(Repository::close);
        return here.isPresent();
    }

    private Version fullCommit(ObjectId commit, String name)
            throws ProblemException, IOException, InterruptedException {
        if (!workspace.has(commit) && !cacheHas(commit)) {
            cache.fetch();
            if (!cacheHas(commit)) {
                fetchUnnamed(commit, name);
            }
        }
        return version(commit, name, null);
    }

    /** The version from the workspace if it has it, else from the cache; {@code refs} null when nobody asked the server. */
    private Version version(ObjectId commit, String name, GitRefs refs)
            throws ProblemException, IOException, InterruptedException {
        Optional<Repository> here = workspace.open(commit);
        if (here.isPresent()) {
            try (Repository repository = here.get()) {
                return version(repository, commit, name, refs);
            } catch (IOException e) {
                // A partial or damaged workspace; the server has it whole.
            }
        }
        if (!cacheHas(commit)) {
            cache.fetch();
        }
        try (Repository repository = cache.open()) {
            return version(repository, commit, name, refs);
        } catch (MissingObjectException | CorruptObjectException e) {
            cache.renew();
        }
        try (Repository repository = cache.open()) {
            return version(repository, commit, name, refs);
        }
    }

    private Version version(Repository repository, ObjectId named, String name, GitRefs refs)
            throws ProblemException, IOException {
        ObjectId commit = GitCommits.commit(repository, named)
                .orElseThrow(() -> new ProblemException(
                        "source.not-found",
                        "\"" + name + "\" in the git repository " + address.shown() + " is not a commit.",
                        "Name a branch, a commit, or a tag of a commit."));
        GitRefs known = refs == null ? new GitRefs(peeledTags(repository)) : refs;
        Revision revision = GitCommits.revision(repository, commit, name, known.tagOf(commit, name));
        GitContentSource source = new GitContentSource(repository.getDirectory().getPath(), commit.name());
        try (GitContent content = GitContent.open(source)) {
            content.list();
        }
        return new Version(revision, source);
    }

    private ObjectId abbreviated(String name, GitRefs refs) throws ProblemException, IOException, InterruptedException {
        if (!SHORT.matcher(name).matches()) {
            throw notFound(name, refs);
        }
        cache.fetch();
        try (Repository repository = cache.open()) {
            Collection<ObjectId> commits = GitCommits.startingWith(repository, name);
            if (commits.isEmpty()) {
                throw notFound(name, refs);
            }
            if (commits.size() > 1) {
                String shown = commits.stream().limit(5).map(ObjectId::name).collect(Collectors.joining(", "));
                throw new ProblemException(
                        "source.ambiguous",
                        "\"" + name + "\" is the beginning of " + commits.size() + " commits of the git repository "
                                + address.shown() + ": " + shown + ".",
                        "Write more digits.");
            }
            return commits.iterator().next();
        }
    }

    private void fetchUnnamed(ObjectId commit, String name) throws ProblemException, IOException, InterruptedException {
        try {
            cache.fetchCommit(commit);
        } catch (ProblemException e) {
            // Servers say in many ways that they have no such commit, or do not give it.
            throw notFound(name, new GitRefs(cache.remoteRefs()));
        }
    }

    private ProblemException notFound(String name, GitRefs refs) {
        String where = "the git repository " + address.shown();
        if (refs.isEmpty()) {
            return new ProblemException("source.not-found", "There is no commit yet in " + where + ".", "Push one.");
        }
        List<String> near = refs.near(name);
        String mend = near.isEmpty()
                ? "Check the name, and that it has been pushed."
                : "Did you mean " + near.stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", ")) + "?";
        return new ProblemException(
                "source.not-found", "There is no branch, tag or commit \"" + name + "\" in " + where + ".", mend);
    }

    private ProblemException unreadable(IOException e) {
        ProblemException problem = new ProblemException(
                "source.unreadable",
                "Cannot read the git repository " + address.shown() + ": "
                        + address.mask(String.valueOf(e.getMessage())) + ".",
                "Check the cache folder of this machine: its permissions and free space.");
        problem.initCause(e);
        return problem;
    }

    private boolean cacheHas(ObjectId commit) throws IOException, InterruptedException {
        try (Repository repository = cache.open()) {
            return GitCommits.has(repository, commit);
        }
    }

    private static Map<String, Ref> peeledTags(Repository repository) throws IOException {
        Map<String, Ref> tags = new HashMap<>();
        for (Ref tag : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            tags.put(tag.getName(), repository.getRefDatabase().peel(tag));
        }
        return tags;
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
