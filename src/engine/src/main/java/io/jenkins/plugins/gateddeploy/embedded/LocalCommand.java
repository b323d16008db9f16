package io.jenkins.plugins.gateddeploy.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One command as a process of this machine, its three streams joined to those of the channel. */
final class LocalCommand implements Command {
    private final String command;
    private final Path directory;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Process process;

    LocalCommand(String command, Path directory) {
        this.command = command;
        this.directory = directory;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        process = new ProcessBuilder("sh", "-c", "exec 9<. && exec sh -c \"$1\"", "sh", command)
                .directory(directory.toFile())
                .start();
        daemon(this::feed, "stdin");
        Thread errors = daemon(() -> copy(process.getErrorStream(), err), "stderr");
        daemon(() -> serve(errors), "stdout");
    }

    @Override
    public void destroy(ChannelSession channel) {
        // As when a server's connection ends: the process loses its streams, and what it has detached lives on.
        if (process != null) {
            process.destroy();
        }
    }

    private void serve(Thread errors) {
        copy(process.getInputStream(), out);
        try {
            errors.join();
            exit.onExit(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void feed() {
        copy(in, process.getOutputStream());
        // A command need not read everything. What else comes is taken and dropped until the channel closes, as sshd
        // does: when a channel's input is closed while its client still writes, the library drops the whole connection.
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The channel was closed.
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[32 * 1024];
        try (to) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            // One end has gone: the process ended before it read everything, or the channel was closed.
        }
    }

    private Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name + " of " + process.pid());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
