package io.jenkins.plugins.gateddeploy.source;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which version of an application it is.
 *
 * @param id the full commit (40 hex digits), or the content digest (64) of a folder
 * @param ref as the user named it; the folder's path for a folder
 * @param tag a tag that points at the commit; null when there is none
 * @param subject first line of the commit message; empty for a folder
 * @param message the whole commit message; empty for a folder
 * @param author {@code Name <mail>}; empty for a folder
 * @param committer {@code Name <mail>}; empty for a folder
 * @param time when it was committed; for a folder, when it was read
 */
public record Revision(
        String id,
        String ref,
        String tag,
        String subject,
        String message,
        String author,
        String committer,
        Instant time)
        implements Serializable {
    public Revision {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(time, "time");
    }

    /** {@return the first seven digits of the id} */
    public String shortId() {
        return id.substring(0, 7);
    }

    /** {@return whether this is a commit rather than the content of a folder} */
    public boolean isCommit() {
        return id.length() == 40;
    }

    /** {@return a tag that points at the commit} */
    public Optional<String> tagName() {
        return Optional.ofNullable(tag);
    }
}
