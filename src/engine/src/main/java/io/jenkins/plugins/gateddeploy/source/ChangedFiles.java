package io.jenkins.plugins.gateddeploy.source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The files in which one version differs from another.
 *
 * @param listed the first of them, by path
 * @param count how many there are
 * @param complete whether all that may differ are counted: a version that nobody knows may differ in more
 */
public record ChangedFiles(List<ChangedFile> listed, int count, boolean complete) {

    /**
     * A file that differs. One that has another name now is one that is gone and one that is new.
     *
     * @param path relative to the top, with slashes
     * @param kind how
     */
    public record ChangedFile(String path, Kind kind) {
        public ChangedFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(kind, "kind");
        }
    }

    /** How a file differs. */
    public enum Kind {
        /** Only the newer version has it. */
        ADDED,
        /** Both have it, with another content or mode. */
        CHANGED,
        /** Only the older version has it. */
        REMOVED
    }

    public ChangedFiles {
        listed = List.copyOf(listed);
    }

    /**
     * {@return what differs from one or the other of two versions; a path that differs from both is counted once as far
     * as it is listed}
     *
     * @param most the largest number of files to list
     */
    public ChangedFiles or(ChangedFiles other, int most) {
        Map<String, ChangedFile> all = new TreeMap<>();
        listed.forEach(file -> all.put(file.path(), file));
        int both = 0;
        for (ChangedFile file : other.listed) {
            ChangedFile known = all.putIfAbsent(file.path(), file);
            both += known == null ? 0 : 1;
            if (known != null && known.kind() != file.kind()) {
                all.put(file.path(), new ChangedFile(file.path(), Kind.CHANGED));
            }
        }
        List<ChangedFile> first = all.values().stream()
                .sorted(Comparator.comparing(ChangedFile::path))
                .limit(most)
                .toList();
        return new ChangedFiles(first, count + other.count - both, complete && other.complete);
    }

    /** {@return the same, when a version that nobody knows may differ in more} */
    public ChangedFiles incomplete() {
        return new ChangedFiles(listed, count, false);
    }
}
