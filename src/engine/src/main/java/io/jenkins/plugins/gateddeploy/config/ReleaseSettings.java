package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Objects;

/**
 * Where releases live on a target.
 *
 * @param path absolute, normal (no {@code ..}, no trailing slash), never {@code /}
 * @param keep how many successful releases stay besides the current one; at least 1
 * @param shared what survives releases, in the order of the file
 * @param reuse how unchanged files get from the current release into the new one
 */
public record ReleaseSettings(String path, int keep, List<Shared> shared, Reuse reuse) {
    public ReleaseSettings {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reuse, "reuse");
        shared = List.copyOf(shared);
    }

    /**
     * A file or directory below {@code shared/} that every release links to.
     *
     * @param path relative, normal, without a trailing slash
     * @param directory whether it was written with a trailing slash
     */
    public record Shared(String path, boolean directory) {
        public Shared {
            Objects.requireNonNull(path, "path");
        }
    }

    /** How unchanged files get from the current release into the new one. */
    public enum Reuse {
        /** As copies, sharing blocks where the file system can. */
        COPY,
        /** As hard links; only without prepare tasks, which could write through them into the old release. */
        LINK
    }
}
