package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code development}: what has to hold of the build that a version comes from. */
final class DevelopmentSection {
    private static final Key<List<String>> TESTS = Key.withDefault(
            "tests",
            ListOf.some(
                    "a list of patterns such as [\"target/surefire-reports/TEST-*.xml\"]", Scalars.line("a pattern")),
            List.of());

    static final Section<DevelopmentRules> SECTION = Section.of(
            "a table that says what has to hold of the build", List.of(TESTS), v -> new DevelopmentRules(v.get(TESTS)));

    private DevelopmentSection() {}
}
