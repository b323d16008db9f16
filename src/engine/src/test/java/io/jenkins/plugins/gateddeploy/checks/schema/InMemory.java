package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A version whose files are in memory. */
record InMemory(String version, TreeMap<String, byte[]> content) implements Files {

    static InMemory of(String version, Map<String, String> files) {
        TreeMap<String, byte[]> content = new TreeMap<>();
        files.forEach((path, text) -> content.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new InMemory(version, content);
    }

    @Override
    public List<String> paths() {
        return List.copyOf(content.keySet());
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(content.get(path));
    }
}
