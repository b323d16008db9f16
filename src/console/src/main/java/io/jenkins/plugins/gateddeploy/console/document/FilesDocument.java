package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import java.util.List;

/**
 * The files in which two versions differ.
 *
 * @param count how many there are
 * @param complete whether all that may differ are counted
 * @param listed the first of them, by path
 */
public record FilesDocument(int count, boolean complete, List<File> listed) {
    /**
     * A file.
     *
     * @param path relative to the top, with slashes
     * @param kind {@code ADDED}, {@code CHANGED} or {@code REMOVED}
     */
    public record File(String path, String kind) {}

    /** {@return the files} */
    public static FilesDocument of(ChangedFiles files) {
        return new FilesDocument(
                files.count(),
                files.complete(),
                files.listed().stream()
                        .map(file -> new File(file.path(), file.kind().name()))
                        .toList());
    }
}
