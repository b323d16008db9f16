package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import java.util.Optional;

/** A place where it is known how a build's tests ended. */
public interface TestResults extends ExtensionPoint {

    /** {@return how they ended as far as they were run; empty when this place knows of none} */
    Optional<Facts.Outcome> of(Run<?, ?> build);

    /** {@return what the first place says that knows of tests of a build; empty when none does} */
    static Optional<Facts.Outcome> known(Run<?, ?> build) {
        return ExtensionList.lookup(TestResults.class).stream()
                .flatMap(results -> results.of(build).stream())
                .findFirst();
    }
}
