package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Content;
import io.jenkins.plugins.gateddeploy.source.FileEntry;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The files of a commit or of a folder. They are listed once, when somebody first asks for them. What was opened to read
 * one stays open for the next, because opening a repository takes longer than reading a file of it.
 */
public final class VersionFiles implements Files, AutoCloseable {
    private final Version version;
    private final Deque<Content> open = new ArrayDeque<>();
    private Map<String, FileEntry> entries;
    private boolean closed;

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
            entries = with(content -> {
                Map<String, FileEntry> byPath = new TreeMap<>();
                content.files().forEach(file -> byPath.put(file.path(), file));
                return byPath;
            });
        }
        return entries;
    }

    /** What is done with content. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Content content) throws IOException;
    }

    /** One reader serves one thread at a time. */
    private <T> T with(Reading<T> reading) throws IOException {
        Content content = taken();
        boolean good = false;
        try {
            T result = reading.of(content);
            good = true;
            return result;
        } finally {
            if (!good || !given(content)) {
                content.close();
            }
        }
    }

    private Content taken() throws IOException {
        synchronized (open) {
            if (!open.isEmpty()) {
                return open.pop();
            }
        }
        return version.content().open();
    }

    private boolean given(Content content) {
        synchronized (open) {
            if (!closed) {
                open.push(content);
            }
            return !closed;
        }
    }

    /** Ends what is open; whoever reads later opens it for that one time. */
    @Override
    public void close() {
        List<Content> rest;
        synchronized (open) {
            closed = true;
            rest = List.copyOf(open);
            open.clear();
        }
        for (Content content : rest) {
            try {
                content.close();
            } catch (IOException e) {
                // It was only read, and has been read.
            }
        }
    }

    @Override
    public OptionalLong bytes() throws IOException {
        Map<String, FileEntry> files = entries();
        return with(content -> {
            long bytes = 0;
            for (FileEntry file : files.values()) {
                bytes += content.size(file);
            }
            return OptionalLong.of(bytes);
        });
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
        Optional<byte[]> bytes = with(content -> {
            if (content.size(entry) > MOST_BYTES) {
                return Optional.empty();
            }
            try (InputStream in = content.read(entry)) {
                return Optional.of(in.readAllBytes());
            }
        });
        if (bytes.isEmpty()) {
            throw Unreadable.tooLarge(path, version(), MOST_BYTES);
        }
        return bytes;
    }
}
