package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small web application in a bare git repository: some 200 files, a directory that survives releases, a task before
 * the switch ({@link #BUILD}) and one after it ({@link #RESTART}).
 */
final class Application implements AutoCloseable {
    static final String BUILD = "cat version > built";
    static final String RESTART = "cp version storage/restarted";

    /** How many releases stay. Every contender keeps as many, the current one among them. */
    static final int KEEP = 5;

    private static final int FILES = 200;

    private final SampleRepository repository;
    private final Map<String, String> versions = new HashMap<>();

    Application(Path path) {
        repository = SampleRepository.create(path);
        for (int i = 0; i < FILES; i++) {
            repository.file("src/part-" + i % 10 + "/file-" + i + ".php", ("<?php // " + i + "\n").repeat(1 + i % 80));
        }
    }

    Path path() {
        return repository.path();
    }

    /** {@return a new commit, in which a file in ten differs from the one before} */
    String commit() {
        String version = "version " + versions.size() + "\n";
        repository.file("version", version);
        for (int i = 0; i < FILES; i += 10) {
            repository.file("src/part-" + i % 10 + "/file-" + i + ".php", version.repeat(1 + i % 80));
        }
        String commit = repository.commit("Version " + versions.size());
        versions.put(commit, version);
        return commit;
    }

    /**
     * Looks whether the commit is what a server serves.
     *
     * @param site the application's directory there
     * @throws IllegalStateException when it is not
     */
    void check(Path site, String commit, String who) throws IOException {
        Path current = site.resolve("releases")
                .resolve(Files.readSymbolicLink(site.resolve("current")).getFileName());
        String version = versions.get(commit);
        expect(who, current.resolve("version"), version);
        expect(who, current.resolve("built"), version);
        expect(who, site.resolve("shared/storage/restarted"), version);
        expect(who, current.resolve("src/part-0/file-10.php"), version.repeat(11));
        if (!Files.isSymbolicLink(current.resolve("storage"))) {
            throw new IllegalStateException(who + ": " + current + "/storage is no link to what is shared.");
        }
        try (Stream<Path> files = Files.walk(current.resolve("src"))) {
            long count = files.filter(Files::isRegularFile).count();
            if (count != FILES) {
                throw new IllegalStateException(who + ": " + current + " has " + count + " files, not " + FILES + ".");
            }
        }
    }

    private static void expect(String who, Path file, String text) throws IOException {
        String found = Files.exists(file) ? Files.readString(file) : "nothing";
        if (!found.equals(text)) {
            throw new IllegalStateException(
                    who + ": " + file + " holds " + found.strip() + ", not " + text.strip() + ".");
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
