package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * What the server's branches and tags lead to.
 *
 * @param workspace looked at first, as it is on this machine anyway
 * @param cache asks the server, and is fetched when the workspace cannot tell
 */
record Reach(GitWorkspace workspace, GitCache cache) {

    /** {@return whether the server has something that leads to a commit; empty when it has no branch and no tag} */
    Optional<Boolean> to(ObjectId commit) throws ProblemException, IOException, InterruptedException {
        Set<ObjectId> heads = new GitRefs(cache.remoteRefs()).heads();
        if (heads.isEmpty() || heads.contains(commit)) {
            return heads.isEmpty() ? Optional.empty() : Optional.of(true);
        }
        Optional<Boolean> here = workspace.anyLeadsTo(heads, commit);
        return here.isPresent() ? here : Optional.of(inCache(heads, commit));
    }

    /** A clone that has not been fetched knows nothing, and a fresh workspace lacks what is gone: neither is an answer. */
    private boolean inCache(Set<ObjectId> heads, ObjectId commit)
            throws ProblemException, IOException, InterruptedException {
        try (Repository repository = cache.open()) {
            if (GitCommits.hasAll(repository, heads)) {
                return GitCommits.anyLeadsTo(repository, heads, commit);
            }
        }
        cache.fetch();
        try (Repository repository = cache.open()) {
            // The server may have moved on since it was asked; these are its branches and tags as they were fetched.
            return GitCommits.anyLeadsTo(repository, fetched(repository), commit);
        }
    }

    private static Set<ObjectId> fetched(Repository repository) throws IOException {
        Map<String, Ref> refs = new HashMap<>();
        for (Ref ref : repository.getRefDatabase().getRefs()) {
            refs.put(ref.getName(), repository.getRefDatabase().peel(ref));
        }
        return new GitRefs(refs).heads();
    }
}
