package io.jenkins.plugins.gateddeploy.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file beside the database that says which process has it open, for the message that others get. It is no lock: the
 * database's own lock decides, and goes away with its process however that dies; a note left behind is then ignored.
 */
final class OwnerNote {
    private final Path file;

    OwnerNote(Path directory) {
        this.file = directory.resolve("history.owner");
    }

    /** Says that this process has the database; without a note the message to others is only less exact. */
    void write(String purpose) {
        try {
            Files.writeString(file, ProcessHandle.current().pid() + " " + purpose.replaceAll("\\p{Cntrl}", " "));
        } catch (IOException e) {
            // A directory that cannot be written is reported where it matters, by the database.
        }
    }

    /** Call it while the database is still held, so that it is never the next owner's note that goes. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Whoever reads it finds a process that is gone, or that does not hold the database.
        }
    }

    /** {@return who has the database: {@code process 1234 (gated-deploy deploy production)}} */
    String owner() {
        try {
            String[] parts = Files.readString(file).split(" ", 2);
            long pid = Long.parseLong(parts[0]);
            if (ProcessHandle.of(pid).isPresent()) {
                return "process " + pid + (parts.length > 1 && !parts[1].isBlank() ? " (" + parts[1] + ")" : "");
            }
        } catch (IOException | NumberFormatException e) {
            // Gone or half written at this very moment.
        }
        return "another process";
    }
}
