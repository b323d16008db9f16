package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * The commits of a repository that are on this machine, and how others get here: those of the workspace are looked at
 * first, and the server is asked only for what is in neither.
 *
 * @param address of the repository, for people
 * @param cache a bare clone
 * @param workspace a repository that is here anyway
 */
record GitStock(GitAddress address, GitCache cache, GitWorkspace workspace) {
    static final Pattern FULL = Pattern.compile("[0-9a-fA-F]{40}");

    /** What is read of two commits that a repository has. */
    @FunctionalInterface
    interface Comparison<T> {
        Optional<T> of(Repository repository, ObjectId from, ObjectId to) throws IOException;
    }

    /** {@return what is read of two commits; empty when {@code fromCommit} is none that the repository knows} */
    <T> Optional<T> compared(String fromCommit, String toCommit, Comparison<T> comparison)
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
            if (!has(from) || !has(to)) {
                cache.fetch();
            }
            if (!has(to)) {
                fetchUnnamed(to, toCommit);
            }
            try (Repository repository = cache.open()) {
                return comparison.of(repository, from, to);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Sees to it that a commit is here, whatever leads to it. */
    void bring(ObjectId commit, String name) throws ProblemException, IOException, InterruptedException {
        if (!workspace.has(commit) && !has(commit)) {
            cache.fetch();
            if (!has(commit)) {
                fetchUnnamed(commit, name);
            }
        }
    }

    /** {@return whether the cache has a commit} */
    boolean has(ObjectId commit) throws IOException, InterruptedException {
        try (Repository repository = cache.open()) {
            return GitCommits.has(repository, commit);
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

    /** {@return what is said of a name that the server does not know} */
    ProblemException notFound(String name, GitRefs refs) {
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

    /** {@return what is said when the repository on this machine cannot be read} */
    ProblemException unreadable(IOException e) {
        ProblemException problem = new ProblemException(
                "source.unreadable",
                "Cannot read the git repository " + address.shown() + ": "
                        + address.mask(String.valueOf(e.getMessage())) + ".",
                "Check the cache folder of this machine: its permissions and free space.");
        problem.initCause(e);
        return problem;
    }
}
