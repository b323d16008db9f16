package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code api}: what clients may call; one table, or a list of them. */
final class ApiSection {
    private static final Key<String> FILE = Key.required("file", PathShapes.FILE);

    private static final Section<Api> ONE =
            Section.of("a table such as { file = \"openapi.yaml\" }", List.of(FILE), v -> new Api(v.get(FILE)));

    static final Shape<List<Api>> LIST = ByForm.list(
            "a table such as { file = \"openapi.yaml\" }, or a list of them",
            ONE.map(List::of),
            ListOf.some("a list of tables such as [{ file = \"openapi.yaml\" }]", ONE));

    private ApiSection() {}
}
