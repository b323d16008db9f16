package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to hold of the build that a version comes from.
 *
 * @param build whether the build must not have failed nor be unstable
 * @param tests patterns of JUnit XML files in the workspace; none to look at no tests
 * @param analysis what static analysis may have found; empty to look at none
 * @param clean whether uncommitted changes in the workspace are an error rather than a warning
 * @param branch whether the commit has to be on the environment's branch
 */
public record DevelopmentRules(
        boolean build, List<String> tests, Optional<Analysis> analysis, boolean clean, boolean branch) {
    public DevelopmentRules {
        Objects.requireNonNull(analysis, "analysis");
        tests = List.copyOf(tests);
    }

    /**
     * What static analysis may have found.
     *
     * @param reports patterns of SARIF and checkstyle files in the workspace, at least one
     * @param most how many findings are borne
     * @param level the least that counts
     */
    public record Analysis(List<String> reports, int most, Level level) {
        public Analysis {
            Objects.requireNonNull(level, "level");
            reports = List.copyOf(reports);
        }
    }

    /**
     * How much a finding matters, in the words of <a
     * href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>, 3.27.10; checkstyle's
     * {@code info} is a note.
     */
    public enum Level {
        /** Something to know. */
        NOTE,
        /** Something to look at. */
        WARNING,
        /** Something to mend. */
        ERROR
    }
}
