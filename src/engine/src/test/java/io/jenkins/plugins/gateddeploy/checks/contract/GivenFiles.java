package io.jenkins.plugins.gateddeploy.checks.contract;

import io.jenkins.plugins.gateddeploy.checks.Files;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A version of which a test says what is in it. */
record GivenFiles(String version, Map<String, byte[]> files) implements Files {

    static GivenFiles of(String version, String path, byte[] bytes) {
        return new GivenFiles(version, Map.of(path, bytes));
    }

    static GivenFiles of(String version, String... pathsAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new GivenFiles(version, files);
    }

    @Override
    public List<String> paths() {
        return List.copyOf(new TreeMap<>(files).keySet());
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
