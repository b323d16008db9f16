package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;

/** One command on a channel of its own, from its opening to its outcome. */
final class Execution {
    /** More of what a command prints is not kept in memory. */
    static final int MOST_KEPT = 256 << 20;

    private final Target target;
    private final Command command;
    private final ScheduledExecutorService clock;
    private final Executor workers;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private ChannelExec channel;
    private final Kept errors = Kept.last(64 * 1024);

    Execution(Target target, Command command, ScheduledExecutorService clock, Executor workers) {
        this.target = target;
        this.command = command;
        this.clock = clock;
        this.workers = workers;
    }

    /** Writes what a command reads. */
    @FunctionalInterface
    interface Feed {
        /** Writes everything; gives up when the command has ended. */
        void writeTo(OutputStream in, CompletableFuture<?> ended) throws IOException, InterruptedException;
    }

    /** The channel could not be opened, so the command did not run. */
    static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1;

        NotStarted(Throwable cause) {
            super(cause.getMessage(), cause);
        }

        /** {@return whether the server has refused the channel, as it does when the connection has too many} */
        boolean isRefusal() {
            for (Throwable why = getCause(); why != null; why = why.getCause()) {
                if (why instanceof SshChannelOpenException) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Runs it.
     *
     * @param output takes its standard output; null to keep it for the outcome
     * @param feed what it reads after its own standard input
     * @param seat of its channel; left when that is closed
     */
    Outcome run(ClientSession session, Output output, Feed feed, Seats.Seat seat)
            throws NotStarted, InterruptedException {
        Kept kept = Kept.first(MOST_KEPT, () -> cut(Ending.TOO_MUCH));
        open(session, output == null ? kept : null, seat);
        ScheduledFuture<?> alarm =
                clock.schedule(() -> cut(Ending.TIMEOUT), command.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (output == null) {
                feed(feed);
            } else {
                // The command may wait for its output to be taken before it reads on, so both go at once.
                workers.execute(() -> feedUninterrupted(feed));
                stream(channel.getInvertedOut(), output);
            }
            return outcome(ended.get(), kept);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("Running a command ended in a way that it never should.", e);
        } finally {
            alarm.cancel(false);
            channel.close(false);
        }
    }

    private void open(ClientSession session, OutputStream out, Seats.Seat seat)
            throws NotStarted, InterruptedException {
        boolean opened = false;
        try {
            channel = session.createExecChannel("exec sh -c " + Shell.quote(command.script()));
            channel.setOut(out);
            channel.setErr(errors);
            channel.addCloseFutureListener(closed -> {
                seat.leave();
                ended.complete(null);
            });
            channel.open().verify(command.timeout());
            opened = true;
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException | RuntimeException e) {
            throw new NotStarted(e);
        } finally {
            if (!opened) {
                seat.leave();
            }
            if (!opened && channel != null) {
                channel.close(true);
            }
        }
    }

    private void feed(Feed feed) throws InterruptedException {
        try (OutputStream in = channel.getInvertedIn()) {
            byte[] own = command.stdin().bytes();
            if (own.length > 0) {
                in.write(own);
            }
            feed.writeTo(in, ended);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            // A command need not read everything. How it ended, or that the connection broke, says more than this.
        }
    }

    private void feedUninterrupted(Feed feed) {
        try {
            feed(feed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(InputStream out, Output output) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        for (int n = out.read(buffer); n >= 0; n = out.read(buffer)) {
            output.bytes(target, buffer, 0, n);
        }
    }

    /** Ends it from outside; that the channel closes wakes those who read from it or write to it. */
    private void cut(Ending how) {
        if (ended.complete(how)) {
            channel.close(false);
        }
    }

    private Outcome outcome(Ending cut, Kept kept) {
        if (cut != null) {
            return cut.outcome(target, command);
        }
        Integer code = channel.getExitStatus();
        String signal = channel.getExitSignal();
        if (code == null && signal == null) {
            return Ending.LOST.outcome(target, command);
        }
        int exit = code == null ? 128 + Signals.number(signal) : code;
        return new Outcome.Exited(exit, kept.text(), errors.text());
    }
}
