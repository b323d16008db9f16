package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Analysis;
import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Level;
import java.util.List;

/** {@code development}: what has to hold of the build that a version comes from. */
final class DevelopmentSection {
    private static final Shape<String> PATTERN = Scalars.line("a pattern of paths");

    private static final Key<List<String>> REPORTS =
            Key.required("reports", ListOf.some("a list of patterns such as [\"target/*.sarif\"]", PATTERN));
    private static final Key<Integer> MOST = Key.withDefault("most", Scalars.integer(0, 1_000_000), 0);
    private static final Key<Level> LEVEL = Key.withDefault("level", Scalars.choice(Level.class), Level.ERROR);

    private static final Key<Boolean> BUILD = Key.withDefault("build", Scalars.BOOLEAN, true);
    private static final Key<List<String>> TESTS = Key.withDefault(
            "tests",
            ListOf.any("a list of patterns such as [\"target/surefire-reports/TEST-*.xml\"]", PATTERN),
            List.of());
    private static final Key<Analysis> STATIC = Key.optional(
            "static",
            Section.of(
                    "a table such as { reports = [\"target/*.sarif\"], most = 0 }",
                    List.of(REPORTS, MOST, LEVEL),
                    v -> new Analysis(v.get(REPORTS), v.get(MOST), v.get(LEVEL))));
    private static final Key<Boolean> CLEAN = Key.withDefault("clean", Scalars.BOOLEAN, false);
    private static final Key<Boolean> BRANCH = Key.withDefault("branch", Scalars.BOOLEAN, false);

    static final Section<DevelopmentRules> SECTION = Section.of(
            "a table that says what has to hold of the build",
            List.of(BUILD, TESTS, STATIC, CLEAN, BRANCH),
            v -> new DevelopmentRules(v.get(BUILD), v.get(TESTS), v.find(STATIC), v.get(CLEAN), v.get(BRANCH)));

    private DevelopmentSection() {}
}
