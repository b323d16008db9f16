package io.jenkins.plugins.gateddeploy.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a release holds, file by file, as it is kept beside the release.
 *
 * <p>Its format is one record a file, each ended by a NUL byte, in UTF-8: {@code <sha256> <kind> <identity> <path>},
 * with single spaces; the path is the rest of the record and may hold anything but NUL. The SHA-256 (64 hex digits) is
 * of the file's bytes, or of a link's target; the kind is {@code F} (file), {@code X} (executable) or {@code L} (link).
 *
 * @param lines in the order in which they were written
 */
public record Manifest(List<Line> lines) {
    private static final int SHA256_LENGTH = 64;

    public Manifest {
        lines = List.copyOf(lines);
    }

    /**
     * One file of a release.
     *
     * @param file what it is; the path is relative to the release
     * @param sha256 of its bytes, 64 hex digits; for a link, of its target
     */
    public record Line(FileEntry file, String sha256) {
        public Line {
            if (sha256.length() != SHA256_LENGTH || !sha256.chars().allMatch(Line::isHexDigit)) {
                throw new IllegalArgumentException("a SHA-256 of 64 hex digits was expected: " + sha256);
            }
            if (file.identity().isEmpty()
                    || file.identity().indexOf(' ') >= 0
                    || file.identity().indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an identity has no spaces and is not empty: " + file.identity());
            }
            if (file.path().isEmpty() || file.path().indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a path is not empty and has no NUL byte: " + file.path());
            }
        }

        private static boolean isHexDigit(int c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }

        private byte[] bytes() {
            String record = sha256 + " " + letter(file.kind()) + " " + file.identity() + " " + file.path() + "\0";
            return record.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** {@return a manifest without any file, as before the first release} */
    public static Manifest empty() {
        return new Manifest(List.of());
    }

    /**
     * {@return the manifest that these bytes are}
     *
     * @throws IOException when they are not: a record is damaged, or the last one is cut off
     */
    public static Manifest parse(byte[] bytes) throws IOException {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                lines.add(line(bytes, start, i - start, lines.size() + 1));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            throw new IOException("The manifest ends in the middle of record " + (lines.size() + 1) + ".");
        }
        return new Manifest(lines);
    }

    /** {@return the bytes that {@link #parse} reads} */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines.forEach(line -> out.writeBytes(line.bytes()));
        return out.toByteArray();
    }

    /** Writes the bytes that {@link #parse} reads; does not close the stream. */
    public void write(OutputStream out) throws IOException {
        for (Line line : lines) {
            out.write(line.bytes());
        }
    }

    private static Line line(byte[] bytes, int start, int length, int number) throws IOException {
        String record;
        try {
            record = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("Record " + number + " of the manifest is not UTF-8.", e);
        }
        String[] parts = record.split(" ", 4);
        try {
            if (parts.length == 4) {
                return new Line(new FileEntry(parts[3], kind(parts[1]), parts[2]), parts[0]);
            }
        } catch (IllegalArgumentException e) {
            throw damaged(number, record, e);
        }
        throw damaged(number, record, null);
    }

    private static IOException damaged(int number, String record, IllegalArgumentException cause) {
        return new IOException(
                "Record " + number + " of the manifest should be \"<sha256> <F|X|L> <identity> <path>\" but is \""
                        + record + "\".",
                cause);
    }

    private static char letter(FileEntry.Kind kind) {
        return switch (kind) {
            case FILE -> 'F';
            case EXECUTABLE -> 'X';
            case LINK -> 'L';
        };
    }

    private static FileEntry.Kind kind(String letter) {
        return switch (letter) {
            case "F" -> FileEntry.Kind.FILE;
            case "X" -> FileEntry.Kind.EXECUTABLE;
            case "L" -> FileEntry.Kind.LINK;
            default -> throw new IllegalArgumentException("no kind of file: " + letter);
        };
    }
}
