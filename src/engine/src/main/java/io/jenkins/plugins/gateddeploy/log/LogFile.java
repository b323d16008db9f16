package io.jenkins.plugins.gateddeploy.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Appends lines to a file that only its owner may read. They are in the file at most a second later, and when it is
 * closed. A deployment goes on without its log: when the disk is full, this is reported once, lines are dropped, and
 * their number is written when there is space again.
 */
public final class LogFile implements LogSink, AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final Consumer<String> trouble;
    private final ScheduledThreadPoolExecutor flusher;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private FileChannel channel;
    private int buffered;
    private long lost;
    private boolean torn;
    private boolean reported;
    private boolean closed;

    /**
     * Never fails: a file that cannot be made is reported as a full disk is.
     *
     * @param file made with its directories when missing
     * @param trouble gets one sentence, once, when lines cannot be written; must not throw
     */
    public LogFile(Path file, Consumer<String> trouble) {
        this.file = Objects.requireNonNull(file, "file");
        this.trouble = Objects.requireNonNull(trouble, "trouble");
        this.flusher = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gated-deploy log " + file.getFileName());
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = flusher.scheduleWithFixedDelay(this::flush, 500, 500, TimeUnit.MILLISECONDS);
        open();
    }

    @Override
    public void line(LogLine line) {
        // An interruption of this thread would close the channel for all others.
        boolean interrupted = Thread.interrupted();
        try {
            line.text().lines().forEach(text -> append(line.time(), line.target(), text));
            if (line.text().isEmpty()) {
                append(line.time(), line.target(), "");
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void append(Instant time, String target, String text) {
        if (closed) {
            return;
        }
        byte[] bytes = LogFormat.line(time, target, text).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.remaining()) {
            write(ByteBuffer.wrap(bytes), 1);
        } else {
            buffer.put(bytes);
            buffered++;
        }
    }

    /** Brings everything that was taken so far into the file. */
    public synchronized void flush() {
        if (buffer.position() > 0) {
            write(buffer.flip(), buffered);
            buffer.clear();
            buffered = 0;
        }
    }

    /** {@return how many bytes the file has with everything that was taken so far; 0 when that cannot be told} */
    public synchronized long written() {
        boolean interrupted = Thread.interrupted();
        try {
            flush();
            return channel == null || !channel.isOpen() ? 0 : channel.size();
        } catch (IOException e) {
            return 0;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(ByteBuffer bytes, int lines) {
        try {
            if (!open()) {
                lost += lines;
                return;
            }
            if (lost > 0) {
                mendGap();
            }
            writeFully(bytes);
        } catch (IOException e) {
            // Some of them may be in the file, the last of those torn.
            torn = true;
            lost += lines;
            report(e);
        }
    }

    /** Ends a line that was torn when the disk was full, and says how many are missing. */
    private void mendGap() throws IOException {
        String note = LogFormat.line(
                Instant.now(), "", "up to " + lost + " lines are missing here: they could not be written");
        writeFully(ByteBuffer.wrap(((torn ? "\n" : "") + note).getBytes(StandardCharsets.UTF_8)));
        lost = 0;
        torn = false;
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private synchronized boolean open() {
        if (channel != null && channel.isOpen()) {
            return true;
        }
        try {
            channel = OwnerOnly.append(file);
            return true;
        } catch (IOException e) {
            report(e);
            return false;
        }
    }

    private void report(IOException e) {
        if (!reported) {
            reported = true;
            trouble.accept("The log file " + file + " cannot be written (" + e.getMessage()
                    + "). The deployment goes on; lines of its log will be missing.");
        }
    }

    @Override
    public void close() {
        flusher.shutdown();
        synchronized (this) {
            boolean interrupted = Thread.interrupted();
            flush();
            closed = true;
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                report(e);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
