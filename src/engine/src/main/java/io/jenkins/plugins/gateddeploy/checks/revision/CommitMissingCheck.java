package io.jenkins.plugins.gateddeploy.checks.revision;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the commit of what is current can still be reached from a branch or tag of the repository. After a forced push
 * it may not: then nobody can tell what a deployment brings, and the release cannot be made again when it is pruned.
 */
final class CommitMissingCheck implements Check {
    private final String environment;
    private final Current current;
    private final GitSource repository;

    CommitMissingCheck(String environment, Current current, GitSource repository) {
        this.environment = environment;
        this.current = current;
        this.repository = repository;
    }

    @Override
    public String about() {
        return "the commit of what is current";
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        List<Problem> problems = new ArrayList<>();
        for (String commit : current.commits()) {
            if (commit.length() == 40 && isMissing(commit)) {
                problems.add(Problem.warning(
                        RevisionChecks.COMMIT_MISSING,
                        "The commit " + commit + ", which is current in " + environment
                                + ", can no longer be reached from any branch or tag of the repository.",
                        "Somebody rewrote its history, perhaps by a forced push. Push a tag of that commit while a clone"
                                + " still has it."));
            }
        }
        return problems;
    }

    /** A server that cannot be asked stops nothing that needs nothing of it: what is to come may be here already. */
    private boolean isMissing(String commit) throws InterruptedException {
        try {
            return repository
                    .isReachable(commit)
                    .filter(reachable -> !reachable)
                    .isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }
}
