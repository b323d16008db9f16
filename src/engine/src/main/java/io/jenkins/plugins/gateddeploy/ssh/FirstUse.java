package io.jenkins.plugins.gateddeploy.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes what is trusted on first use, so that several processes and threads at once lose no line. */
final class FirstUse {
    private FirstUse() {}

    /** A question that reads files. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Appends the line, unless the condition no longer holds once nobody else can write. */
    static void append(Path file, String line, Condition condition) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            assert lock.isValid();
            if (condition.holds()) {
                long end = channel.size();
                boolean openLine = end > 0 && lastByte(channel, end) != '\n';
                String text = (openLine ? "\n" : "") + line + "\n";
                channel.position(end);
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(false);
            }
        }
    }

    private static byte lastByte(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, end - 1);
        return last.get(0);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                // The lock is the process's: a thread of this one holds it, for a moment.
                try {
                    Thread.sleep(2);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw (IOException) new InterruptedIOException().initCause(interrupted);
                }
            }
        }
    }
}
