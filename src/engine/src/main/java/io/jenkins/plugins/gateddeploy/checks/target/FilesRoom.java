package io.jenkins.plugins.gateddeploy.checks.target;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.doctor.Room;
import java.io.IOException;
import java.util.OptionalLong;

/** The room that a version's files take. */
final class FilesRoom implements Room {
    private final Files files;
    private OptionalLong counted;

    FilesRoom(Files files) {
        this.files = files;
    }

    @Override
    public OptionalLong kilobytes() {
        if (counted == null) {
            counted = count();
        }
        return counted;
    }

    /** Where the files cannot be read, the check that has to read them says so. */
    private OptionalLong count() {
        try {
            OptionalLong bytes = files.bytes();
            return bytes.isEmpty() ? bytes : OptionalLong.of(bytes.getAsLong() / 1024);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
