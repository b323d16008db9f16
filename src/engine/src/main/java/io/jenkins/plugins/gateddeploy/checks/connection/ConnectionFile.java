package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Optional;

/** One file of a version, read once however many checks look at it. Safe for use by several threads. */
final class ConnectionFile {
    private final Files files;
    private final String path;
    private Optional<TomlFile.Reading> reading;

    ConnectionFile(Files files, String path) {
        this.files = files;
        this.path = path;
    }

    String path() {
        return path;
    }

    Files files() {
        return files;
    }

    /**
     * {@return what is in it; empty when the version has no such file}
     *
     * @throws ProblemException when it is a link, or far too large
     */
    synchronized Optional<TomlFile.Reading> reading() throws IOException, ProblemException {
        if (reading == null) {
            reading = files.read(path).map(bytes -> TomlFile.read(path, bytes));
        }
        return reading;
    }

    /** {@return its values; empty when it is not there or cannot be used, which is another check's to say} */
    Optional<TomlFile> content() throws IOException, ProblemException {
        return reading()
                .flatMap(r -> r instanceof TomlFile.Reading.Good good ? Optional.of(good.file()) : Optional.empty());
    }
}
