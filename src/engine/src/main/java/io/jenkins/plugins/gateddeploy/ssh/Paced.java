package io.jenkins.plugins.gateddeploy.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.throttle.ChannelStreamWriter;
import org.apache.sshd.common.channel.throttle.DefaultChannelStreamWriter;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Hands a few packets at a time to the network. Without it, as much as the server's window allows (2 MiB a target)
 * would wait in memory in front of a slow line.
 */
final class Paced implements ChannelStreamWriter {
    /** Of 32 KiB each: enough to keep a line busy while the next ones are encrypted. */
    private static final int PACKETS = 8;

    private final Channel channel;
    private final Semaphore free = new Semaphore(PACKETS);

    private Paced(Channel channel) {
        this.channel = channel;
    }

    /** {@return a writer for what a command reads; other channels are written by threads that must not wait} */
    static ChannelStreamWriter forChannel(Channel channel, byte message) {
        return channel instanceof ChannelExec ? new Paced(channel) : new DefaultChannelStreamWriter(channel);
    }

    @Override
    public IoWriteFuture writeData(Buffer buffer) throws IOException {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the network");
        }
        try {
            IoWriteFuture written = channel.writePacket(buffer);
            written.addListener(done -> free.release());
            return written;
        } catch (IOException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return !channel.isClosing();
    }

    @Override
    public void close() {
        // It owns nothing.
    }
}
