package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;

/** {@code [variables]}: what tasks find in their environment. Messages never show a value: it might be a secret. */
final class VariableShapes {
    private static final String EXPECTED = "a string, or { secret = \"…\" }";
    private static final Key<String> SECRET = Key.required("secret", Scalars.CREDENTIAL);

    private static final Shape<Variable> LITERAL = new Text<>(EXPECTED, text -> {
        if (text.indexOf('\0') >= 0) {
            throw new Text.Unfit("holds a NUL character");
        }
        return new Variable.Literal(text);
    });

    private static final Shape<Variable> REFERENCE =
            Section.of(EXPECTED, List.of(SECRET), v -> new Variable.SecretReference(v.get(SECRET)));

    /** Text, or where to find it. */
    static final Shape<Variable> VALUE = ByForm.table(EXPECTED, LITERAL, REFERENCE);

    static final Shape<Map<String, Variable>> MAP =
            new MapOf<>("a table of environment variables", Scalars.VARIABLE_NAME, VALUE);

    private VariableShapes() {}
}
