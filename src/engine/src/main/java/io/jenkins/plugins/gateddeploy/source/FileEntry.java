package io.jenkins.plugins.gateddeploy.source;

import java.io.Serializable;
import java.util.Objects;

/**
 * One file of a version.
 *
 * @param path relative, with {@code /}, normal; never empty
 * @param kind what it is
 * @param identity changes when and only when the content does: the git blob id or a SHA-256 of a folder's file, for a
 *     link of its target
 */
public record FileEntry(String path, Kind kind, String identity) implements Serializable {
    public FileEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
    }

    /** What a file is. */
    public enum Kind {
        /** A file, mode 644. */
        FILE,
        /** A file that may be executed, mode 755. */
        EXECUTABLE,
        /** A symbolic link. */
        LINK
    }
}
