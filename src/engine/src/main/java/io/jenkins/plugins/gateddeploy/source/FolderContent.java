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

    /** {@inheritDoc} The stream throws at its end, at the latest, when the content is not what it was. */
    @Override
    public InputStream read(FileEntry file) throws IOException {
        FolderFile known = known(file);
        Path path = folder.resolve(file.path());
        boolean isLink = Files.isSymbolicLink(path);
        if (isLink != (file.kind() == FileEntry.Kind.LINK)) {
            throw changed(path);
        }
        InputStream content = isLink ? new ByteArrayInputStream(FolderFile.target(path)) : Files.newInputStream(path);
        return new Unchanged(content, known, path);
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

    /** Gives the bytes of a file for as long as they are the known ones. */
    private static final class Unchanged extends InputStream {
        private final DigestInputStream content;
        private final FolderFile known;
        private final Path path;
        private long count;
        private boolean ended;

        Unchanged(InputStream content, FolderFile known, Path path) {
            this.content = new DigestInputStream(content, FolderFile.sha256());
            this.known = known;
            this.path = path;
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
            if (count > known.size() || (ended && !isSame())) {
                throw changed(path);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }

        private boolean isSame() {
            String sha256 = HexFormat.of().formatHex(content.getMessageDigest().digest());
            return sha256.equals(known.entry().identity());
        }
    }
}
