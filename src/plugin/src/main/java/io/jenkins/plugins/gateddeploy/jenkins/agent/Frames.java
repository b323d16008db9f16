package io.jenkins.plugins.gateddeploy.jenkins.agent;

import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The output of several targets in one stream: the number of the target, the number of bytes, the bytes. Nobody answers
 * to a frame, so output costs no round trip.
 */
final class Frames {
    private static final int HEADER = 8;
    private static final int END = -1;

    private Frames() {}

    /** Writes them, on the agent. */
    static final class Writer implements Output {
        private final OutputStream out;
        private final List<Target> targets;

        Writer(OutputStream out, List<Target> targets) {
            this.out = out;
            this.targets = targets;
        }

        @Override
        public void bytes(Target target, byte[] buffer, int offset, int length) {
            try {
                write(targets.indexOf(target), buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private synchronized void write(int target, byte[] buffer, int offset, int length) throws IOException {
            byte[] frame = new byte[HEADER + length];
            ByteBuffer.wrap(frame).putInt(target).putInt(length).put(buffer, offset, length);
            out.write(frame);
        }

        /**
         * Must be called by the thread that answers the controller. The answer waits for what that thread has written,
         * and thereby for all that the others wrote before.
         */
        void end() {
            try {
                write(END, new byte[0], 0, 0);
                out.flush();
            } catch (IOException e) {
                // The controller takes no more, and knows why.
            }
        }
    }

    /** Takes them apart, on the controller. */
    static final class Reader extends OutputStream {
        private final List<Target> targets;
        private final Output output;
        private final ByteBuffer header = ByteBuffer.allocate(HEADER);
        private int target;
        private int left;
        private RuntimeException failure;
        private boolean closed;

        Reader(List<Target> targets, Output output) {
            this.targets = targets;
            this.output = output;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (closed) {
                return;
            }
            int at = offset;
            while (at < offset + length) {
                at += left > 0 ? pass(bytes, at, offset + length - at) : head(bytes[at]);
            }
        }

        private int head(byte next) {
            header.put(next);
            if (!header.hasRemaining()) {
                header.flip();
                target = header.getInt();
                left = header.getInt();
                header.clear();
            }
            return 1;
        }

        private int pass(byte[] bytes, int offset, int available) throws IOException {
            int count = Math.min(left, available);
            try {
                output.bytes(targets.get(target), bytes, offset, count);
            } catch (RuntimeException e) {
                failure = e;
                closed = true;
                throw new IOException(e);
            }
            left -= count;
            return count;
        }

        /** From now on nothing is passed on, even if it still comes. */
        synchronized void shut() {
            closed = true;
        }

        /** Throws what the taker of the output threw. */
        synchronized void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
