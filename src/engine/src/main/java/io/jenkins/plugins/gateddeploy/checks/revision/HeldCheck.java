package io.jenkins.plugins.gateddeploy.checks.revision;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.source.Hold;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.List;

/**
 * Whether the commit's message begins with {@value Hold#MARK}: its author wants a person to look before it goes on. It
 * keeps a gate from opening by itself, and stops no person.
 */
final class HeldCheck implements Check {
    private final Revision revision;

    HeldCheck(Revision revision) {
        this.revision = revision;
    }

    @Override
    public String about() {
        return "the commit's message";
    }

    @Override
    public List<Problem> find() {
        boolean held = revision.isCommit() && Hold.marks(revision.subject());
        return held
                ? List.of(Problem.warning(
                        RevisionChecks.HELD,
                        "The message of " + revision.shortId() + " by " + revision.author() + " begins with "
                                + Hold.MARK + ": \"" + revision.subject() + "\".",
                        "Ask the author what it waits for, or approve it knowingly."))
                : List.of();
    }
}
