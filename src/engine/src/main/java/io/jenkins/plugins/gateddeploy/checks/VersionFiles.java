package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Content;
import io.jenkins.plugins.gateddeploy.source.FileEntry;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The files of a commit or of a folder. They are listed once, when somebody first asks for them. */
public final class VersionFiles implements Files {
    private final Version version;
    private Map<String, FileEntry> entries;

    /** @param version whose files they are */
    public VersionFiles(Version version) {
        this.version = version;
    }

    @Override
    public String version() {
        return named(version.revision());
    }

    /** {@return a version for people: {@code v1.2.0 (a1b2c3d)}} */
    static String named(Revision revision) {
        String name = revision.tagName().orElse(revision.ref());
        return revision.id().startsWith(name) ? revision.shortId() : name + " (" + revision.shortId() + ")";
    }

    @Override
    public List<String> paths() throws IOException {
        return List.copyOf(entries().keySet());
    }

    private synchronized Map<String, FileEntry> entries() throws IOException {
        if (entries == null) {
            try (Content content = version.content().open()) {
                Map<String, FileEntry> byPath = new TreeMap<>();
                content.files().forEach(file -> byPath.put(file.path(), file));
                entries = byPath;
            }
        }
        return entries;
    }

    @Override
    public OptionalLong bytes() throws IOException {
        try (Content content = version.content().open()) {
            long bytes = 0;
            for (FileEntry file : entries().values()) {
                bytes += content.size(file);
            }
            return OptionalLong.of(bytes);
        }
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException, ProblemException {
        FileEntry entry = entries().get(path);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.kind() == FileEntry.Kind.LINK) {
            throw Unreadable.link(path, version());
        }
        try (Content content = version.content().open()) {
            long size = content.size(entry);
            if (size > MOST_BYTES) {
                throw Unreadable.tooLarge(path, version(), MOST_BYTES);
            }
            try (InputStream in = content.read(entry)) {
                return Optional.of(in.readAllBytes());
            }
        }
    }
}
