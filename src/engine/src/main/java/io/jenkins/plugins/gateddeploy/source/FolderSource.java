package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A folder of build artifacts as a source of a version. Folders named {@code .git} and {@code .gated-deploy} never
 * belong to it. Links stay links.
 *
 * @param folder absolute, on the machine that reads it
 * @param includes Ant patterns of what belongs to the version; empty for everything
 * @param excludes Ant patterns of what does not; they win over the includes
 */
public record FolderSource(String folder, List<String> includes, List<String> excludes) implements Serializable {
    public FolderSource {
        includes = includes.isEmpty() ? List.of("**") : List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /**
     * Reads the folder once, to learn what it holds.
     *
     * <p>The revision's id is the SHA-256 over the files in the order of their paths, each as a record of the
     * {@link Manifest}: the same files and modes give the same id, whenever and wherever they were made.
     *
     * @param clock tells when it was read
     * @throws ProblemException {@code source.not-found} when there is no such folder or nothing in it is included;
     *     {@code source.unreadable} when something in it cannot be read or is no file, folder or link
     * @throws InterruptedException when the thread was interrupted
     */
    public Version read(Clock clock) throws ProblemException, InterruptedException {
        Instant now = clock.instant();
        List<FolderFile> files = FolderScan.scan(this);
        MessageDigest digest = FolderFile.sha256();
        List<Manifest.Line> lines = new ArrayList<>(files.size());
        for (FolderFile file : files) {
            lines.add(new Manifest.Line(file.entry(), file.entry().identity()));
        }
        digest.update(new Manifest(lines).toBytes());
        String id = HexFormat.of().formatHex(digest.digest());
        Revision revision = new Revision(id, folder, null, "", "", "", "", now);
        return new Version(revision, new FolderContentSource(folder, files));
    }

    /**
     * The files of a folder as they were when it was read.
     *
     * @param folder absolute, on the machine that opens it
     * @param files in the order of their paths
     */
    record FolderContentSource(String folder, List<FolderFile> files) implements ContentSource {
        FolderContentSource {
            files = List.copyOf(files);
        }

        @Override
        public Content open() throws IOException {
            return new FolderContent(Path.of(folder), files);
        }
    }
}
