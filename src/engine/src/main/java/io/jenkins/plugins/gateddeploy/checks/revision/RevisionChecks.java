package io.jenkins.plugins.gateddeploy.checks.revision;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.source.Hold;
import java.util.ArrayList;
import java.util.List;

/** The checks of this family. */
public final class RevisionChecks {
    /** The version's author wants a person to look; a warning that keeps a gate from opening by itself. */
    public static final String HELD = Hold.PROBLEM;

    /** What is current cannot be reached from any branch or tag any more; a warning. */
    public static final String COMMIT_MISSING = "git.commit-missing";

    private RevisionChecks() {}

    /** {@return what is looked at of the version itself, and of the one it replaces} */
    public static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        checks.add(new HeldCheck(subject.revision()));
        subject.repository()
                .map(repository ->
                        new CommitMissingCheck(subject.configuration().environment(), subject.current(), repository))
                .ifPresent(checks::add);
        return checks;
    }
}
