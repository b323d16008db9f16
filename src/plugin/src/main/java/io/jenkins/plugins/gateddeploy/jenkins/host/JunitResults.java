package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.Run;
import hudson.tasks.test.AbstractTestResultAction;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** What the JUnit plugin keeps with a build, where it is installed; other plugins keep theirs in the same way. */
@OptionalExtension(requirePlugins = "junit")
public final class JunitResults implements TestResults {
    @Override
    @SuppressWarnings("rawtypes") // the class is looked for as it is declared
    public Optional<Facts.Outcome> of(Run<?, ?> build) {
        List<AbstractTestResultAction> results = build.getActions(AbstractTestResultAction.class);
        if (results.isEmpty()) {
            return Optional.empty();
        }
        int failed = 0;
        int passed = 0;
        for (AbstractTestResultAction<?> result : results) {
            failed += result.getFailCount();
            passed += result.getTotalCount() - result.getFailCount() - result.getSkipCount();
        }
        return Optional.of(outcome(passed, failed));
    }

    /** Tests that were all skipped prove nothing. */
    private static Facts.Outcome outcome(int passed, int failed) {
        if (failed > 0) {
            return new Facts.Outcome(
                    false, (failed == 1 ? "1 test" : failed + " tests") + " failed, and " + passed + " passed");
        }
        return passed == 0
                ? new Facts.Outcome(false, "no test was run")
                : new Facts.Outcome(true, passed == 1 ? "1 test passed" : passed + " tests passed");
    }
}
