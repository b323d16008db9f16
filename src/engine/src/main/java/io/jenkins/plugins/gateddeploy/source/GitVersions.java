package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
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
 * The version that a name means.
 *
 * @param stock where commits are
 */
record GitVersions(GitStock stock) {
    private static final Pattern SHORT = Pattern.compile("[0-9a-fA-F]{4,39}");

    /**
     * {@return the version that a name means}
     *
     * @param name as {@link GitSource#resolve} takes it
     */
    Version named(String name) throws ProblemException, IOException, InterruptedException {
        if (GitStock.FULL.matcher(name).matches()) {
            ObjectId commit = ObjectId.fromString(name);
            stock.bring(commit, name);
            return version(commit, name, null);
        }
        GitRefs refs = new GitRefs(stock.cache().remoteRefs());
        Optional<ObjectId> named = refs.find(name);
        ObjectId commit = named.isPresent() ? named.get() : abbreviated(name, refs);
        return version(commit, name, refs);
    }

    /** The version from the workspace if it has it, else from the cache; {@code refs} null when nobody asked the server. */
    private Version version(ObjectId commit, String name, GitRefs refs)
            throws ProblemException, IOException, InterruptedException {
        Optional<Repository> here = stock.workspace().open(commit);
        if (here.isPresent()) {
            try (Repository repository = here.get()) {
                return version(repository, commit, name, refs);
            } catch (IOException e) {
                // A partial or damaged workspace; the server has it whole.
            }
        }
        if (!stock.has(commit)) {
            stock.cache().fetch();
        }
        try (Repository repository = stock.cache().open()) {
            return version(repository, commit, name, refs);
        } catch (MissingObjectException | CorruptObjectException e) {
            stock.cache().renew();
        }
        try (Repository repository = stock.cache().open()) {
            return version(repository, commit, name, refs);
        }
    }

    private Version version(Repository repository, ObjectId named, String name, GitRefs refs)
            throws ProblemException, IOException {
        ObjectId commit = GitCommits.commit(repository, named)
                .orElseThrow(() -> new ProblemException(
                        "source.not-found",
                        "\"" + name + "\" in the git repository "
                                + stock.address().shown() + " is not a commit.",
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
            throw stock.notFound(name, refs);
        }
        stock.cache().fetch();
        try (Repository repository = stock.cache().open()) {
            Collection<ObjectId> commits = GitCommits.startingWith(repository, name);
            if (commits.isEmpty()) {
                throw stock.notFound(name, refs);
            }
            if (commits.size() > 1) {
                String shown = commits.stream().limit(5).map(ObjectId::name).collect(Collectors.joining(", "));
                throw new ProblemException(
                        "source.ambiguous",
                        "\"" + name + "\" is the beginning of " + commits.size() + " commits of the git repository "
                                + stock.address().shown() + ": " + shown + ".",
                        "Write more digits.");
            }
            return commits.iterator().next();
        }
    }

    private static Map<String, Ref> peeledTags(Repository repository) throws IOException {
        Map<String, Ref> tags = new HashMap<>();
        for (Ref tag : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            tags.put(tag.getName(), repository.getRefDatabase().peel(tag));
        }
        return tags;
    }
}
