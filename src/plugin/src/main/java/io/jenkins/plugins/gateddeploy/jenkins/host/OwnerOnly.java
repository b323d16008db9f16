package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Files and directories that nobody but the account of Jenkins may read, where the file system can tell people apart: a
 * deploy.toml says much about servers, and now and then holds what should have been a secret.
 */
public final class OwnerOnly {
    private static final Logger LOGGER = Logger.getLogger(OwnerOnly.class.getName());
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /**
     * Makes a directory with all above it that is missing; keeps others out when it is there.
     *
     * @throws IOException when it cannot be made
     */
    public static void directory(Path directory) throws IOException {
        FileAttribute<?>[] attributes = POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(DIRECTORY)}
                : new FileAttribute<?>[0];
        Files.createDirectories(directory, attributes);
        restrict(directory, DIRECTORY);
    }

    /**
     * Writes a file, whole or not at all, and the directories above it that are missing.
     *
     * @throws IOException when it cannot be written; what was there before still is
     */
    public static void write(Path file, String text) throws IOException {
        Path parent = Objects.requireNonNull(file.getParent(), "a file in a directory");
        if (!Files.isDirectory(parent)) {
            directory(parent);
        }
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            // Before anything is in it.
            restrict(writer.getTemporaryPath(), FILE);
            writer.write(text);
            writer.commit();
        }
    }

    /** Some mounted file systems know no such thing, and Jenkins has to work there too. */
    private static void restrict(Path path, Set<PosixFilePermission> permissions) {
        if (!POSIX) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, permissions);
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.log(Level.WARNING, e, () -> path + " cannot be kept from other accounts of this machine");
        }
    }
}
