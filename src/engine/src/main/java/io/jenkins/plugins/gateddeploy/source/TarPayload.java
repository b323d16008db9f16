package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.target.Payload;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Files of a version as a tar stream, made while it is sent, with memory for their names and one buffer.
 *
 * <p>In this order: the literals that go first; the files, each below {@link Layout#prefix}; the {@link Manifest} of
 * these files at {@link Layout#manifestPath}, with their SHA-256 as they were sent; the literals that go last. Whoever
 * finds the last literal unpacked knows that everything before it is there.
 *
 * <p>The format is GNU tar's (long names, UTF-8, owner and group 0), which GNU tar and busybox both read. Folders have
 * no entries of their own. Files have mode 644, or 755 when they may be executed.
 */
public final class TarPayload implements Payload {
    private static final long serialVersionUID = 1;

    private final ContentSource content;
    private final List<FileEntry> files;
    private final Layout layout;

    /**
     * A payload.
     *
     * @param content has the files
     * @param files those that travel; may be empty
     * @param layout what goes where
     */
    public TarPayload(ContentSource content, List<FileEntry> files, Layout layout) {
        this.content = Objects.requireNonNull(content, "content");
        this.files = new ArrayList<>(files);
        this.layout = Objects.requireNonNull(layout, "layout");
    }

    /**
     * What goes where in the stream. Every path is relative, with {@code /}, and below the folder where the target
     * unpacks.
     *
     * @param prefix where the files go; empty or with a slash at its end
     * @param manifestPath where the manifest of the files goes
     * @param time the modification time of everything; seconds count
     * @param first small files that go before everything
     * @param last small files that go after everything
     */
    public record Layout(String prefix, String manifestPath, Instant time, List<Literal> first, List<Literal> last)
            implements java.io.Serializable {
        public Layout {
            Objects.requireNonNull(manifestPath, "manifestPath");
            Objects.requireNonNull(time, "time");
            if (!prefix.isEmpty() && !prefix.endsWith("/")) {
                throw new IllegalArgumentException("a prefix ends with a slash: " + prefix);
            }
            first = List.copyOf(first);
            last = List.copyOf(last);
        }
    }

    /**
     * A small file whose content is known beforehand.
     *
     * @param path where it goes
     * @param text its content, written as UTF-8
     */
    public record Literal(String path, String text) implements java.io.Serializable {
        public Literal {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(text, "text");
        }
    }

    /** {@return what has the files, so that a host can tell from where they can be read} */
    public ContentSource content() {
        return content;
    }

    @Override
    public String describe() {
        return "tar of " + files.size() + (files.size() == 1 ? " file" : " files") + " below "
                + (layout.prefix().isEmpty() ? "./" : layout.prefix());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException as promised, and when a file's size changes while it is sent
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (Content opened = content.open();
                TarArchiveOutputStream tar = tar(out)) {
            Writer writer = new Writer(tar, opened, layout);
            writer.literals(layout.first());
            for (FileEntry file : files) {
                writer.file(file);
            }
            writer.manifest();
            writer.literals(layout.last());
            tar.finish();
            tar.flush();
        }
    }

    private static TarArchiveOutputStream tar(OutputStream out) {
        OutputStream buffered = new BufferedOutputStream(new Unclosed(out), 1 << 16);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        return tar;
    }

    /** Writes the entries of one stream and remembers what it wrote. */
    private static final class Writer {
        private final TarArchiveOutputStream tar;
        private final Content content;
        private final Layout layout;
        private final MessageDigest sha256 = sha256();
        private final byte[] buffer = new byte[1 << 16];
        private final List<Manifest.Line> written = new ArrayList<>();

        Writer(TarArchiveOutputStream tar, Content content, Layout layout) {
            this.tar = tar;
            this.content = content;
            this.layout = layout;
        }

        void literals(List<Literal> literals) throws IOException {
            for (Literal literal : literals) {
                bytes(literal.path(), literal.text().getBytes(StandardCharsets.UTF_8));
            }
        }

        void manifest() throws IOException {
            bytes(layout.manifestPath(), new Manifest(written).toBytes());
        }

        void file(FileEntry file) throws IOException {
            Optional<String> known = content.sha256(file);
            try {
                if (file.kind() == FileEntry.Kind.LINK) {
                    link(file, known.isEmpty());
                } else {
                    regular(file, known.isEmpty());
                }
            } catch (IOException e) {
                throw new IOException("Cannot send \"" + file.path() + "\": " + e.getMessage(), e);
            }
            written.add(
                    new Manifest.Line(file, known.orElseGet(() -> HexFormat.of().formatHex(sha256.digest()))));
        }

        private void regular(FileEntry file, boolean hashing) throws IOException {
            TarArchiveEntry entry = entry(layout.prefix() + file.path(), TarConstants.LF_NORMAL);
            entry.setMode(file.kind() == FileEntry.Kind.EXECUTABLE ? 0100755 : 0100644);
            entry.setSize(content.size(file));
            tar.putArchiveEntry(entry);
            try (InputStream in = content.read(file)) {
                copy(in, hashing);
            }
            tar.closeArchiveEntry();
        }

        private void link(FileEntry file, boolean hashing) throws IOException {
            byte[] target;
            try (InputStream in = content.read(file)) {
                target = in.readAllBytes();
            }
            if (hashing) {
                sha256.update(target);
            }
            TarArchiveEntry entry = entry(layout.prefix() + file.path(), TarConstants.LF_SYMLINK);
            entry.setMode(0120777);
            entry.setLinkName(decode(target));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }

        private void bytes(String path, byte[] bytes) throws IOException {
            TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
            entry.setMode(0100644);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            new ByteArrayInputStream(bytes).transferTo(tar);
            tar.closeArchiveEntry();
        }

        private TarArchiveEntry entry(String path, byte type) {
            TarArchiveEntry entry = new TarArchiveEntry(path, type);
            entry.setIds(0, 0);
            entry.setNames("", "");
            entry.setModTime(layout.time()
                    .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                    .toEpochMilli());
            return entry;
        }

        private void copy(InputStream in, boolean hashing) throws IOException {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (hashing) {
                    sha256.update(buffer, 0, n);
                }
                tar.write(buffer, 0, n);
            }
        }

        private static String decode(byte[] target) throws IOException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(target))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IOException("the link's target is not UTF-8", e);
            }
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /** The stream belongs to the caller, who may have more to write. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
