package io.jenkins.plugins.gateddeploy.plan;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.List;
import java.util.Optional;

/**
 * How another version differs from the one that is current.
 *
 * @param takenBack commits that the current one has and the other has not
 * @param brought commits that the other one has and the current has not
 * @param files in which they differ
 */
public record Difference(Commits takenBack, Commits brought, ChangedFiles files) {
    /** More than anybody goes back by; git lists so many in a moment. */
    private static final int MOST_COMMITS = 1000;

    /** More than that nobody reads before a question is answered. */
    private static final int MOST_FILES = 20;

    /**
     * {@return the difference; empty when the repository does not know one of them}
     *
     * @param repository that has their commits
     * @param current full commit
     * @param other full commit
     * @throws ProblemException when the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public static Optional<Difference> between(GitSource repository, String current, String other)
            throws ProblemException, InterruptedException {
        Optional<List<Revision>> back = repository.between(other, current, MOST_COMMITS + 1);
        Optional<List<Revision>> forth = repository.between(current, other, MOST_COMMITS + 1);
        Optional<ChangedFiles> files = repository.changed(current, other, MOST_FILES);
        return back.isEmpty() || forth.isEmpty() || files.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(commits(back.get()), commits(forth.get()), files.get()));
    }

    private static Commits commits(List<Revision> revisions) {
        boolean complete = revisions.size() <= MOST_COMMITS;
        return Commits.of(revisions.stream().limit(MOST_COMMITS).map(Commit::of).toList(), complete);
    }
}
