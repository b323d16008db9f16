package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.remoting.Channel;
import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.gateddeploy.source.Content;
import io.jenkins.plugins.gateddeploy.source.ContentSource;
import io.jenkins.plugins.gateddeploy.source.FileEntry;
import io.jenkins.plugins.gateddeploy.source.TarPayload;
import io.jenkins.plugins.gateddeploy.target.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;

/**
 * Files that are on an agent. The controller can list them, by one call; it cannot read single ones, as that would be a
 * call for each. A payload of them is made on the agent where they are.
 */
final class AgentContent implements ContentSource {
    private static final long serialVersionUID = 1;

    private final ContentSource there;
    /** Null on the agent itself. */
    private final transient Channel channel;

    AgentContent(ContentSource there, Channel channel) {
        this.there = there;
        this.channel = channel;
    }

    /** {@return whether the other end of a channel can read a payload's files} */
    static boolean isReadableOn(Channel channel, Payload payload) {
        return payload instanceof TarPayload tar
                && tar.content() instanceof AgentContent content
                && content.channel == channel;
    }

    /** {@return the same payload, which can be written on the controller} */
    static Payload readableHere(Payload payload) {
        return payload instanceof TarPayload tar && tar.content() instanceof AgentContent content
                ? new Fetched(payload, content.channel)
                : payload;
    }

    @Override
    public Content open() throws IOException {
        if (channel == null) {
            return there.open();
        }
        return new Listing(call(channel, new ListFiles(there)));
    }

    private static <V> V call(Channel channel, MasterToSlaveCallable<V, IOException> callable) throws IOException {
        try {
            return channel.call(callable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while the agent reads its files").initCause(e);
        }
    }

    private record Listing(List<FileEntry> files) implements Content {
        @Override
        public long size(FileEntry file) throws IOException {
            throw elsewhere(file);
        }

        @Override
        public InputStream read(FileEntry file) throws IOException {
            throw elsewhere(file);
        }

        private static IOException elsewhere(FileEntry file) {
            return new IOException(file.path() + " is on an agent and can be read there only.");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** Lists files on an agent. */
    private static final class ListFiles extends MasterToSlaveCallable<List<FileEntry>, IOException> {
        private static final long serialVersionUID = 1;
        private final ContentSource source;

        ListFiles(ContentSource source) {
            this.source = source;
        }

        @Override
        public List<FileEntry> call() throws IOException {
            try (Content content = source.open()) {
                return new ArrayList<>(content.files());
            }
        }
    }

    /** A payload that an agent makes, although it is wanted on the controller. */
    private static final class Fetched implements Payload {
        private static final long serialVersionUID = 1;
        private final Payload payload;
        private final transient Channel from;

        Fetched(Payload payload, Channel from) {
            this.payload = payload;
            this.from = from;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            call(from, new Write(payload, new RemoteOutputStream(out)));
        }

        @Override
        public String describe() {
            return payload.describe();
        }
    }

    /** Writes a payload on an agent. */
    private static final class Write extends MasterToSlaveCallable<Void, IOException> {
        private static final long serialVersionUID = 1;
        private final Payload payload;
        private final RemoteOutputStream out;

        Write(Payload payload, RemoteOutputStream out) {
            this.payload = payload;
            this.out = out;
        }

        @Override
        public Void call() throws IOException {
            payload.writeTo(out);
            out.flush();
            return null;
        }
    }
}
