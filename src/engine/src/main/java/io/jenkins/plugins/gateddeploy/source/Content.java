package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The files of one version, opened for reading. Not safe for use by several threads. */
public interface Content extends AutoCloseable {

    /** {@return every file, in the order of the paths; reads no content} */
    List<FileEntry> files() throws IOException;

    /**
     * {@return the number of bytes that {@link #read} will give}
     *
     * @param file one of {@link #files}
     */
    long size(FileEntry file) throws IOException;

    /**
     * {@return the bytes of a file; for a link, its target}
     *
     * @param file one of {@link #files}
     * @throws IOException when it cannot be read, or has changed since {@link #files} (a workspace)
     */
    InputStream read(FileEntry file) throws IOException;

    /**
     * {@return the SHA-256 of what {@link #read} gives when it is read to its end, in hex; empty when that has to be
     * computed}
     *
     * @param file one of {@link #files}
     */
    default Optional<String> sha256(FileEntry file) {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
