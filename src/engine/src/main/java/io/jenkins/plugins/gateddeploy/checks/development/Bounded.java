package io.jenkins.plugins.gateddeploy.checks.development;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A report of which not more is read than any real one has. */
final class Bounded extends FilterInputStream {
    private static final long MOST_BYTES = 100L * 1024 * 1024;

    private long left = MOST_BYTES;
    private IOException failure;

    Bounded(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = super.read(buffer, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("it is larger than " + (MOST_BYTES >> 20) + " MiB");
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Throws what went wrong with the file, which parsers wrap in words about its content. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
