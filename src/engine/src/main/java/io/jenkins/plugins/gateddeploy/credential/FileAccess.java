package io.jenkins.plugins.gateddeploy.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who else can get at a file. */
final class FileAccess {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private FileAccess() {}

    /**
     * {@return whether somebody but the owner has any right to it, the rule of ssh(1) for private keys; false where
     * files have no such rights, and when it cannot be told}
     */
    static boolean isOpenToOthers(Path file) {
        try {
            return !OWNERS.containsAll(
                    Files.readAttributes(file, PosixFileAttributes.class).permissions());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** {@return the command that mends it, as a sentence} */
    static String mend(Path file) {
        return "Run: chmod 600 '" + file.toString().replace("'", "'\\''") + "'";
    }
}
