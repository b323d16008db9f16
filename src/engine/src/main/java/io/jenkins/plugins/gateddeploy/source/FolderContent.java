package io.jenkins.plugins.gateddeploy.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder's files; each is compared with what it was when the folder was read. */
final class FolderContent implements Content {
    private final Path folder;
    private final List<FolderFile> files;
    private final Map<String, FolderFile> byPath = new HashMap<>();

    FolderContent(Path folder, List<FolderFile> files) {
        this.folder = folder;
        this.files = files;
        files.forEach(file -> byPath.put(file.entry().path(), file));
    }

    @Override
    public List<FileEntry> files() {
        return files.stream().map(FolderFile::entry).toList();
    }

    @Override
    public long size(FileEntry file) throws IOException {
        return known(file).size();
    }

    /**
     * {@inheritDoc} The stream throws at its end, at the latest, when the content is not what it was. The file's stamp
     * tells; where that proves nothing, its hash.
     */
    @Override
    public InputStream read(FileEntry file) throws IOException {
        FolderFile known = known(file);
        Path path = folder.resolve(file.path());
        if (hasItsStamp(known, path)) {
            return new Unchanged(Files.newInputStream(path), known, path, () -> hasItsStamp(known, path));
        }
        boolean isLink = Files.isSymbolicLink(path);
        if (isLink != (file.kind() == FileEntry.Kind.LINK)) {
            throw changed(path);
        }
        InputStream content = isLink ? new ByteArrayInputStream(FolderFile.target(path)) : Files.newInputStream(path);
        DigestInputStream hashed = new DigestInputStream(content, FolderFile.sha256());
        return new Unchanged(
                hashed,
                known,
                path,
                () -> HexFormat.of()
                        .formatHex(hashed.getMessageDigest().digest())
                        .equals(file.identity()));
    }

    private static boolean hasItsStamp(FolderFile known, Path path) throws IOException {
        return known.stamp() != null
                && Stamp.of(path).filter(known.stamp()::equals).isPresent();
    }

    /** {@inheritDoc} It is the file's identity, which reading compares. */
    @Override
    public Optional<String> sha256(FileEntry file) {
        return Optional.of(file.identity());
    }

    @Override
    public void close() {
        // Nothing stays open between two files.
    }

    private FolderFile known(FileEntry file) throws IOException {
        FolderFile known = byPath.get(file.path());
        if (known == null) {
            throw new IOException("\"" + file.path() + "\" was not in " + folder + " when it was read.");
        }
        return known;
    }

    private static IOException changed(Path path) {
        return new IOException(path + " has changed since the folder was read; deploy again when the build is done.");
    }

    /** Tells, when a file was read to its end, whether what was read is the known content. */
    private interface Proof {
        boolean holds() throws IOException;
    }

    /** Gives the bytes of a file for as long as they are the known ones. */
    private static final class Unchanged extends InputStream {
        private final InputStream content;
        private final FolderFile known;
        private final Path path;
        private final Proof proof;
        private long count;
        private boolean ended;

        Unchanged(InputStream content, FolderFile known, Path path, Proof proof) {
            this.content = content;
            this.known = known;
            this.path = path;
            this.proof = proof;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (ended) {
                return -1;
            }
            int n = content.read(bytes, offset, length);
            count += Math.max(n, 0);
            ended = n < 0;
            if (count > known.size() || (ended && (count < known.size() || !proof.holds()))) {
                throw changed(path);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
