package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code api}: what clients may call; one table, or a list of them. */
final class ApiSection implements Shape<List<Api>> {
    private static final Key<String> FILE = Key.required("file", PathShapes.FILE);

    private static final Shape<Api> ONE =
            Section.of("a table such as { file = \"openapi.yaml\" }", List.of(FILE), v -> new Api(v.get(FILE)));

    private static final Shape<List<Api>> SEVERAL =
            ListOf.some("a table such as { file = \"openapi.yaml\" }, or a list of them", ONE);

    static final Shape<List<Api>> LIST = new ApiSection();

    private ApiSection() {}

    @Override
    public String expected() {
        return SEVERAL.expected();
    }

    @Override
    public Optional<List<Api>> read(Node node, Findings findings) {
        return node instanceof Node.Table ? ONE.read(node, findings).map(List::of) : SEVERAL.read(node, findings);
    }

    @Override
    public Stream<String> keys() {
        return SEVERAL.keys();
    }
}
