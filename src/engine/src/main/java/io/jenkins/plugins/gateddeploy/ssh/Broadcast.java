package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One content on its way to several targets. Its bytes are made once, in chunks that all lanes share, and a lane holds
 * no more than a few of them, so memory is the same for a kilobyte and a terabyte. The slowest lane sets the pace until
 * its command ends or times out.
 */
final class Broadcast {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 16;
    private static final long GLANCE_MILLIS = 50;
    private static final byte[] END = {};

    private final Map<Target, Lane> lanes = new LinkedHashMap<>();

    /** Makes what is sent. */
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    Broadcast(Collection<Target> targets) {
        targets.forEach(target -> lanes.put(target, new Lane()));
    }

    Lane lane(Target target) {
        return lanes.get(target);
    }

    /**
     * Makes the content and puts it into the lanes.
     *
     * @return null, or why it could not be made to its end; the lanes are cut off then, without an orderly end
     */
    IOException send(Source source) throws InterruptedException {
        Chunks chunks = new Chunks();
        try {
            source.writeTo(chunks);
            chunks.end();
            return null;
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (NobodyLeft e) {
            return null;
        } catch (IOException | RuntimeException e) {
            lanes.values().forEach(Lane::cut);
            return e instanceof IOException failure ? failure : new IOException(e.toString(), e);
        }
    }

    private void hand(byte[] chunk) throws IOException {
        boolean taken = false;
        try {
            for (Lane lane : lanes.values()) {
                taken |= lane.put(chunk);
            }
        } catch (InterruptedException e) {
            throw (InterruptedIOException) new InterruptedIOException("interrupted while sending").initCause(e);
        }
        if (!taken) {
            throw new NobodyLeft();
        }
    }

    private static final class NobodyLeft extends IOException {
        private static final long serialVersionUID = 1;

        NobodyLeft() {
            super("No target takes it any more.");
        }
    }

    /** What one target is still to get. */
    static final class Lane implements Execution.Feed {
        private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(CHUNKS);
        private volatile boolean left;
        private volatile boolean cut;

        private boolean put(byte[] chunk) throws InterruptedException {
            while (!left) {
                if (waiting.offer(chunk, GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void writeTo(OutputStream in, CompletableFuture<?> ended) throws IOException, InterruptedException {
            while (!ended.isDone()) {
                if (cut) {
                    ended.complete(null);
                    throw new IOException("cut off");
                }
                byte[] chunk = waiting.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                if (chunk == END) {
                    return;
                }
                if (chunk != null) {
                    in.write(chunk);
                }
            }
        }

        /** Takes no more, so that nobody waits for it. */
        void leave() {
            left = true;
            waiting.clear();
        }

        private void cut() {
            cut = true;
        }
    }

    /** Collects bytes into chunks. */
    private final class Chunks extends OutputStream {
        private byte[] chunk = new byte[CHUNK];
        private int count;

        @Override
        public void write(int b) throws IOException {
            if (count == CHUNK) {
                flushChunk();
            }
            chunk[count++] = (byte) b;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (count == CHUNK) {
                    flushChunk();
                }
                int part = Math.min(length - done, CHUNK - count);
                System.arraycopy(source, offset + done, chunk, count, part);
                count += part;
                done += part;
            }
        }

        void end() throws IOException {
            if (count > 0) {
                flushChunk();
            }
            hand(END);
        }

        private void flushChunk() throws IOException {
            byte[] full = count == CHUNK ? chunk : Arrays.copyOf(chunk, count);
            // The lanes read it later, so it is not used again.
            chunk = new byte[CHUNK];
            count = 0;
            hand(full);
        }
    }
}
