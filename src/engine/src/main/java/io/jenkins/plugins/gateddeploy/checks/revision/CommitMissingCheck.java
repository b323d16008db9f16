package io.jenkins.plugins.gateddeploy.checks.revision;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** A clone may have to be made first. */
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        List<Problem> problems = new ArrayList<>();
        for (String commit : current.commits()) {
            if (commit.length() == 40) {
                look(commit).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** A server that cannot be asked stops nothing that needs nothing of it: what is to come may be here already. */
    @Override
    public Problem late(String time) {
        return unknown(
                "what is current in " + environment,
                "that was not known within " + time + ".",
                "Find out why the repository is so slow to read from this machine.");
    }

    private Optional<Problem> look(String commit) throws InterruptedException {
        String what = "the commit " + commit + ", which is current in " + environment + ",";
        try {
            Optional<Boolean> reachable = repository.isReachable(commit);
            if (reachable.isEmpty()) {
                return Optional.of(unknown(
                        what,
                        "the repository has no branch and no tag.",
                        "See that [source] repository names the right one."));
            }
            return reachable.get() ? Optional.empty() : Optional.of(missing(commit));
        } catch (ProblemException e) {
            Problem why = e.problems().get(0);
            return Optional.of(unknown(what, why.message(), why.mend()));
        }
    }

    private Problem missing(String commit) {
        return Problem.warning(
                RevisionChecks.COMMIT_MISSING,
                "The commit " + commit + ", which is current in " + environment
                        + ", can no longer be reached from any branch or tag of the repository.",
                "Somebody rewrote its history, perhaps by a forced push. Push a tag of that commit while a clone"
                        + " still has it.");
    }

    private static Problem unknown(String what, String why, String mend) {
        return Problem.warning(
                RevisionChecks.COMMIT_MISSING,
                "Whether " + what + " can still be reached from a branch or tag of the repository could not be told: "
                        + why,
                mend);
    }
}
