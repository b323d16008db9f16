package io.jenkins.plugins.gateddeploy.checks.revision;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import java.util.List;

/** The checks of this family. */
public final class RevisionChecks {
    /** The version's author wants a person to look; a warning that keeps a gate from opening by itself. */
    public static final String HELD = "release.held";

    private RevisionChecks() {}

    /** {@return what is looked at of the version itself} */
    public static List<Check> of(Subject subject) {
        return List.of(new HeldCheck(subject.revision()));
    }
}
