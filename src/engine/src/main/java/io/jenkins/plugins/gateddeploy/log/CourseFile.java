package io.jenkins.plugins.gateddeploy.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes down how far a deployment has come, for {@link Course}. A deployment goes on without that: when it cannot be
 * written, this is reported once. Safe for use by several threads.
 */
public final class CourseFile implements AutoCloseable {
    static final String PHASE = "phase";
    static final String TARGET = "target";
    static final String FAILED = "failed";

    private final Path file;
    private final Consumer<String> trouble;
    private FileChannel channel;
    private boolean useless;

    /**
     * Never fails: a file that cannot be made is reported as a full disk is.
     *
     * @param log the log that it lies beside
     * @param trouble gets one sentence, once, when nothing can be written; must not throw
     */
    public CourseFile(Path log, Consumer<String> trouble) {
        this.file = Course.beside(log);
        this.trouble = trouble;
    }

    /**
     * A phase begins.
     *
     * @param logged how many bytes the log has
     * @param targets names of those that take part
     */
    public void phase(Instant time, String name, long logged, List<String> targets) {
        write(Stream.concat(Stream.of(time.toString(), PHASE, String.valueOf(logged), name), targets.stream()));
    }

    /** A target does something now. */
    public void target(Instant time, String target, String doing) {
        write(Stream.of(time.toString(), TARGET, target, doing));
    }

    /** What a target did has gone wrong. */
    public void failed(Instant time, String target, String what) {
        write(Stream.of(time.toString(), FAILED, target, what));
    }

    private synchronized void write(Stream<String> words) {
        if (useless) {
            return;
        }
        // An interruption of this thread would close the channel for all others.
        boolean interrupted = Thread.interrupted();
        try {
            if (channel == null) {
                channel = OwnerOnly.append(file);
            }
            String line = String.join(
                            "\t",
                            words.map(word -> word.replaceAll("[\t\r\n]", " ")).toList())
                    + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            useless = true;
            trouble.accept("The file " + file + " cannot be written (" + e.getMessage()
                    + "). The deployment goes on; pages will not show how far it has come.");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() {
        useless = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            trouble.accept("The file " + file + " cannot be closed: " + e.getMessage());
        }
    }
}
