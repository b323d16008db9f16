package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.util.Objects;

/**
 * The files of a commit, with the bytes that git stored: as {@code git archive} packs them, but {@code export-subst} is
 * not replaced.
 *
 * @param gitDirectory the repository's git directory, on the machine that opens it
 * @param commit 40 hex digits
 */
public record GitContentSource(String gitDirectory, String commit) implements ContentSource {
    public GitContentSource {
        Objects.requireNonNull(gitDirectory, "gitDirectory");
        Objects.requireNonNull(commit, "commit");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException when the repository or the commit cannot be read
     */
    @Override
    public Content open() throws IOException {
        return GitContent.open(this);
    }
}
