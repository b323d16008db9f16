package io.jenkins.plugins.gateddeploy.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The stream to one viewer. What is to be sent waits in a bounded queue, in which news of the same thing replace each
 * other; a thread is taken only while something is being written. Who reads too slowly is let go, and comes back by
 * itself.
 */
final class Feed {
    /** News of different things that may wait. */
    private static final int MOST_WAITING = 256;

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(20);

    private final Topic topic;
    private final Viewer viewer;
    private final Wire wire;
    private final Executor writers;
    private final long opened = System.nanoTime();
    private final Map<String, String> waiting = new LinkedHashMap<>();

    private long lastNews = opened;
    private long writingSince;
    private boolean writing;
    private boolean closed;

    Feed(Topic topic, Viewer viewer, Wire wire, Executor writers) {
        this.topic = topic;
        this.viewer = viewer;
        this.wire = wire;
        this.writers = writers;
    }

    Topic topic() {
        return topic;
    }

    Viewer viewer() {
        return viewer;
    }

    /** {@return whether it can be used for some time yet: the viewer is who they were, and reads what is sent} */
    boolean isWell(Duration longestLife) {
        long now = System.nanoTime();
        synchronized (this) {
            if (closed || now - opened > longestLife.toNanos()) {
                return false;
            }
            if (writing && now - writingSince > LONGEST_WRITE.toNanos()) {
                return false;
            }
        }
        return wire.isValid();
    }

    /** Sends a sign of life if nothing else was sent for that long. */
    void beat(Duration pause) {
        boolean isDue;
        synchronized (this) {
            isDue = System.nanoTime() - lastNews > pause.toNanos();
        }
        if (isDue) {
            send("beat", "beat", "{}");
        }
    }

    /**
     * Sends news.
     *
     * @param about what an older one that still waits is replaced by
     * @param event its name
     * @param data JSON on one line
     */
    void send(String about, String event, String data) {
        boolean isFull;
        boolean start;
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting.put(about, "event: " + event + "\ndata: " + data + "\n\n");
            lastNews = System.nanoTime();
            isFull = waiting.size() > MOST_WAITING;
            start = !writing && !isFull;
            if (start) {
                writing = true;
                writingSince = System.nanoTime();
            }
        }
        if (isFull) {
            close();
        } else if (start) {
            start();
        }
    }

    private void start() {
        try {
            writers.execute(this::write);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void write() {
        try {
            for (String text = next(); !text.isEmpty(); text = next()) {
                wire.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException e) {
            // The viewer is gone. Web servers have exceptions of their own for that.
            close();
        }
    }

    private synchronized String next() {
        String text = closed ? "" : String.join("", List.copyOf(waiting.values()));
        waiting.clear();
        writing = !text.isEmpty();
        writingSince = System.nanoTime();
        return text;
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
        }
        wire.close();
    }
}
