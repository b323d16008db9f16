package io.jenkins.plugins.gateddeploy.ssh;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a command's output and keeps its beginning or its end. */
final class Kept extends OutputStream {
    private final int limit;
    private final Runnable full;
    private byte[] bytes = new byte[1024];
    private int count;
    private boolean dropped;

    private Kept(int limit, Runnable full) {
        this.limit = limit;
        this.full = full;
    }

    /** {@return what keeps the last bytes} */
    static Kept last(int limit) {
        return new Kept(limit, null);
    }

    /** {@return what keeps the first bytes and calls once there are more} */
    static Kept first(int limit, Runnable full) {
        return new Kept(limit, full);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
        if (full != null && count + (long) length > limit) {
            dropped = true;
            full.run();
            return;
        }
        // Twice the limit, so that the oldest bytes are moved out now and then, not at each write.
        if (full == null && count + length > 2 * limit) {
            int keep = Math.max(0, Math.min(count, limit - Math.min(length, limit)));
            System.arraycopy(bytes, count - keep, bytes, 0, keep);
            count = keep;
            dropped = true;
        }
        int taken = full == null ? Math.min(length, limit) : length;
        if (count + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(count + taken, 2 * bytes.length));
        }
        System.arraycopy(source, offset + length - taken, bytes, count, taken);
        count += taken;
    }

    synchronized String text() {
        int from = full == null && count > limit ? count - limit : 0;
        if (dropped || from > 0) {
            // Not in the middle of a character: skip UTF-8's continuation bytes.
            while (from < count && (bytes[from] & 0xC0) == 0x80) {
                from++;
            }
        }
        return new String(bytes, from, count - from, StandardCharsets.UTF_8);
    }
}
