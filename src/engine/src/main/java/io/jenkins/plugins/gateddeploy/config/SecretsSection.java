package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code secrets}: which ones must not be in an environment. */
final class SecretsSection {
    private static final Key<Boolean> LIVE = Key.optional("live", Scalars.BOOLEAN);
    private static final Key<List<Variable>> DENY = Key.withDefault(
            "deny", ListOf.some("a list of texts or of { secret = \"…\" }", VariableShapes.VALUE), List.of());
    private static final Key<List<String>> SHARED = Key.withDefault(
            "shared", ListOf.some("a list of names of variables or keys", Scalars.line("a name")), List.of());
    private static final Key<List<String>> FILES =
            Key.withDefault("files", ListOf.some("a list of files", PathShapes.FILE), List.of());
    private static final Key<String> TEST_KEYS = Key.optional("test_keys", PathShapes.FILE);

    static final Section<SecretRules> SECTION = Section.of(
            "a table that says which secrets must not be in the environment",
            List.of(LIVE, DENY, SHARED, FILES, TEST_KEYS),
            v -> new SecretRules(v.find(LIVE), v.get(DENY), v.get(SHARED), v.get(FILES), v.find(TEST_KEYS)));

    private SecretsSection() {}
}
