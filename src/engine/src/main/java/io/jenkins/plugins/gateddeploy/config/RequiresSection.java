package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code requires}: what has to be there. */
final class RequiresSection {
    private static final Key<List<String>> CREDENTIALS =
            Key.withDefault("credentials", ListOf.some("a list of credential ids", Scalars.CREDENTIAL), List.of());
    private static final Key<List<String>> VARIABLES =
            Key.withDefault("variables", ListOf.some("a list of variable names", Scalars.VARIABLE_NAME), List.of());

    static final Section<Requirements> SECTION = Section.of(
            "a table that says what has to be there",
            List.of(CREDENTIALS, VARIABLES),
            v -> new Requirements(v.get(CREDENTIALS), v.get(VARIABLES)));

    private RequiresSection() {}
}
