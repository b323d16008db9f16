package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a folder as it was when the folder was read.
 *
 * @param entry with the SHA-256 of the content as its identity
 * @param size in bytes
 */
record FolderFile(FileEntry entry, long size) implements Serializable {
    private static final int BUFFER = 1 << 16;
    private static final int LEAST_BUFFER = 1 << 9;

    /**
     * Reads a file or link to learn its identity.
     *
     * @param expected how many bytes it may have, for a buffer of that size; it may turn out to be longer or shorter
     */
    static FolderFile read(String name, Path file, FileEntry.Kind kind, long expected) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        if (kind == FileEntry.Kind.LINK) {
            byte[] target = target(file);
            digest.update(target);
            size = target.length;
        } else {
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(LEAST_BUFFER, expected + 1))];
            try (InputStream in = Files.newInputStream(file)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    size += n;
                }
            }
        }
        return new FolderFile(new FileEntry(name, kind, HexFormat.of().formatHex(digest.digest())), size);
    }

    /** {@return where a link points, as it was written} */
    static byte[] target(Path link) throws IOException {
        return Files.readSymbolicLink(link).toString().getBytes(StandardCharsets.UTF_8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
