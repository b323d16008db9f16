package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Set;

/** {@code problems}: how problems are treated. */
final class ProblemsSection {
    private static final Key<List<String>> NOT_FORCEABLE = Key.withDefault(
            "not_forceable",
            ListOf.some("a list of problems such as [\"schema.data-loss\"]", Scalars.line("a problem's id")),
            List.of());

    static final Section<ProblemRules> SECTION = Section.of(
            "a table that says how problems are treated",
            List.of(NOT_FORCEABLE),
            v -> new ProblemRules(Set.copyOf(v.get(NOT_FORCEABLE))));

    private ProblemsSection() {}
}
