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
import java.util.Optional;

/**
 * A file of a folder as it was when the folder was read.
 *
 * @param entry with the SHA-256 of the content as its identity
 * @param size in bytes
 * @param stamp proves that it has not changed for as long as it is the same; null for a link, and for a file that had
 *     changed a moment before
 */
record FolderFile(FileEntry entry, long size, Stamp stamp) implements Serializable {
    private static final int BUFFER = 1 << 16;
    private static final int LEAST_BUFFER = 1 << 9;

    /**
     * Reads a file or link to learn its identity, unless it was read before.
     *
     * @param file absolute
     * @param expected how many bytes it may have, for a buffer of that size; it may turn out to be longer or shorter
     * @param stamp settled, and taken before; null when there is none that proves anything
     */
    static FolderFile read(String name, Path file, FileEntry.Kind kind, long expected, Stamp stamp) throws IOException {
        if (stamp == null) {
            return read(name, file, kind, expected);
        }
        Optional<String> before = HashMemory.ofThisJvm().recall(file, stamp);
        if (before.isPresent()) {
            return new FolderFile(new FileEntry(name, kind, before.get()), stamp.size(), stamp);
        }
        FolderFile read = read(name, file, kind, expected);
        HashMemory.ofThisJvm().remember(file, stamp, read.entry().identity());
        return new FolderFile(read.entry(), read.size(), stamp);
    }

    private static FolderFile read(String name, Path file, FileEntry.Kind kind, long expected) throws IOException {
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
        return new FolderFile(new FileEntry(name, kind, HexFormat.of().formatHex(digest.digest())), size, null);
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
