package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Development;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A build of which a test says how it went. A pattern is the beginning of paths here. */
record GivenDevelopment(Optional<Result> result, Map<String, byte[]> files, Optional<List<String>> uncommitted)
        implements Development {

    static GivenDevelopment with(String... pathsAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new GivenDevelopment(Optional.empty(), files, Optional.empty());
    }

    @Override
    public List<Report> reports(List<String> patterns) {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .filter(file -> patterns.stream().anyMatch(file.getKey()::startsWith))
                        .map(file -> report(file.getKey(), file.getValue()))
                        .toList();
    }

    private static Report report(String path, byte[] bytes) {
        return new Report() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
