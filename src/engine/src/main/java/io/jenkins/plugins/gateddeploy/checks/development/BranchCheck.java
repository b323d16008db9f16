package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the commit is on the environment's branch, as the repository's server has it. */
final class BranchCheck implements Check {
    private static final String ID = "problem.branch";

    private final Optional<String> branch;
    private final Revision revision;
    private final Optional<GitSource> repository;

    BranchCheck(Optional<String> branch, Revision revision, Optional<GitSource> repository) {
        this.branch = branch;
        this.revision = revision;
        this.repository = repository;
    }

    @Override
    public String about() {
        return "the branch";
    }

    /** The branch may have to be fetched first. */
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Problem> find() throws ProblemException, InterruptedException {
        String name = branch.orElseThrow(() -> new ProblemException(
                "check.failed",
                "development.branch asks that the commit be on the environment's branch, but no branch is named.",
                "Write branch = \"main\" for the environment in deploy.toml."));
        if (!revision.isCommit()) {
            return List.of(Problem.error(
                    ID,
                    "A folder is deployed, and nobody can tell whether its files are on the branch " + name + ".",
                    "Deploy a commit."));
        }
        GitSource source = repository.orElseThrow(() -> new ProblemException(
                "check.failed",
                "there is no repository in which the branch " + name + " could be looked up.",
                "Write source.repository in deploy.toml."));
        if (source.isOnBranch(revision.id(), name)) {
            return List.of();
        }
        return List.of(Problem.error(
                ID,
                "The commit " + revision.shortId() + " is not on the branch " + name + ".",
                "Merge it into " + name + " and push that, or deploy a commit that is on it."));
    }
}
