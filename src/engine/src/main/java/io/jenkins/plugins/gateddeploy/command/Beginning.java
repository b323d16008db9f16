package io.jenkins.plugins.gateddeploy.command;

import java.util.List;

/**
 * What a deployment tells the journal before it changes anything.
 *
 * @param release the release that it will make current
 * @param previous what {@code current} points at until then; empty for nothing
 * @param kind {@code DEPLOY} or {@code ROLLBACK}: whether the release is new, and so goes again when it fails
 * @param kept paths of the shared files whose content is kept for the release that is current until then
 */
public record Beginning(String release, String previous, String kind, List<String> kept) {
    public Beginning {
        kept = List.copyOf(kept);
    }

    /** One that keeps no shared file. */
    public Beginning(String release, String previous, String kind) {
        this(release, previous, kind, List.of());
    }
}
