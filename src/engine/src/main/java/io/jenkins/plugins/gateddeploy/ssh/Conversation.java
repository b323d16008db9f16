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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;

/**
 * A shell that reads commands from its channel. What each of them writes stands between two marks with a word that is
 * drawn for it alone; without the first one it was not started. Used by one thread at a time.
 */
final class Conversation implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    /**
     * What the shell itself has to say (that a command was killed, for instance) belongs to no command's errors. A shell
     * that needs a program to print something would show it to everybody who lists processes, and so is not used.
     */
    private static final String OPENING = "exec 3>&2 2>/dev/null; [ \"$(command -v printf)\" = printf ] || exit\n";

    private static final UntilMark.Sink NOBODY = (buffer, offset, length) -> {};

    private final ChannelExec channel;
    private final OutputStream in;
    private final InputStream out;
    private final byte[] buffer = new byte[32 * 1024];
    /** What was read already, and stands behind the last mark. */
    private int from;

    private int to;
    private volatile Errors errors;

    private Conversation(ChannelExec channel) {
        this.channel = channel;
        this.in = channel.getInvertedIn();
        this.out = channel.getInvertedOut();
    }

    /**
     * {@return one that can be spoken to}
     *
     * @param seat of its channel; left when that is closed
     */
    static Conversation open(ClientSession session, Duration timeout, Seats.Seat seat)
            throws Execution.NotStarted, InterruptedException {
        ChannelExec channel = null;
        Conversation opened = null;
        try {
            channel = session.createExecChannel("exec sh");
            Incoming incoming = new Incoming();
            channel.setErr(incoming);
            channel.open().verify(timeout);
            Conversation conversation = new Conversation(channel);
            incoming.listener = conversation;
            channel.addCloseFutureListener(closed -> {
                seat.leave();
                conversation.overheard();
            });
            conversation.say(OPENING);
            opened = conversation;
            return opened;
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException | RuntimeException e) {
            throw new Execution.NotStarted(e);
        } finally {
            if (opened == null) {
                seat.leave();
            }
            if (opened == null && channel != null) {
                channel.close(true);
            }
        }
    }

    /** {@return whether the shell is still there} */
    boolean answers(Duration timeout, ScheduledExecutorService clock) throws InterruptedException {
        String word = word();
        ScheduledFuture<?> alarm = clock.schedule(this::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            say(mark(word, "''", "") + "\n");
            return listen(new UntilMark(word), NOBODY);
        } finally {
            alarm.cancel(false);
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param output takes its standard output; null to keep it for the outcome
     * @return empty when the shell was not there any more to start it
     */
    Optional<Outcome> run(Target target, Command command, Output output, ScheduledExecutorService clock)
            throws InterruptedException {
        String word = word();
        AtomicReference<Ending> cut = new AtomicReference<>();
        Kept kept = Kept.first(Execution.MOST_KEPT, () -> cut(cut, Ending.TOO_MUCH));
        Errors own = new Errors(word);
        errors = own;
        ScheduledFuture<?> alarm =
                clock.schedule(() -> cut(cut, Ending.TIMEOUT), command.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            say(line(command, word));
            boolean begun = listen(new UntilMark(word), NOBODY);
            UntilMark end = new UntilMark(word);
            boolean whole = begun
                    && listen(end, output == null ? kept::write : (b, at, n) -> output.bytes(target, b, at, n))
                    && own.whole();
            if (whole) {
                return Optional.of(new Outcome.Exited(Integer.parseInt(end.said()), kept.text(), own.text()));
            }
            // A shell that ended before its mark, on a connection that stands, has not got to the command.
            cut.compareAndSet(null, begun || !channel.getSession().isOpen() ? Ending.LOST : null);
            return Optional.ofNullable(cut.get()).map(how -> how.outcome(target, command));
        } finally {
            alarm.cancel(false);
            errors = null;
        }
    }

    /** Ends it from outside; that the channel closes wakes whoever reads from it or writes to it. */
    private void cut(AtomicReference<Ending> cut, Ending how) {
        if (cut.compareAndSet(null, how)) {
            close();
        }
    }

    /** {@return what the shell is to read, a character a byte} */
    private static String line(Command command, String word) {
        byte[] input = command.stdin().bytes();
        String script = "sh -c " + quoted(command.script().getBytes(StandardCharsets.UTF_8)) + " 2>&3 3>&-";
        // In a process whose redirections are not the shell's own, which would say there that a command was killed. The
        // input is printed by the shell itself, so that it is in no argument list.
        String run =
                input.length == 0 ? "(exec " + script + " </dev/null)" : "printf %s " + quoted(input) + " | " + script;
        return mark(word, "''", "") + "; " + run + "; " + mark(word, "\"$?\"", "") + "; " + mark(word, "''", " >&3")
                + "\n";
    }

    private static String quoted(byte[] bytes) {
        return Shell.quote(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String mark(String word, String said, String where) {
        return "printf '\\036%s %s\\036' " + word + " " + said + where;
    }

    private static String word() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void say(String text) throws InterruptedException {
        try {
            in.write(text.getBytes(StandardCharsets.ISO_8859_1));
            in.flush();
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            // That no mark comes says it.
        }
    }

    /** Passes on what comes in front of the mark; {@return whether that came} */
    private boolean listen(UntilMark mark, UntilMark.Sink sink) throws InterruptedException {
        try {
            while (true) {
                from += mark.take(buffer, from, to - from, sink);
                if (mark.ended()) {
                    return true;
                }
                from = 0;
                to = 0;
                int count = out.read(buffer);
                if (count < 0) {
                    return false;
                }
                to = count;
            }
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            return false;
        }
    }

    private void overheard() {
        Errors listening = errors;
        if (listening != null) {
            listening.ended.complete(false);
        }
    }

    /** The server hears of it and ends its side too; at once would be without a word. */
    @Override
    public void close() {
        channel.close(false);
    }

    /** What one command writes to its standard error. */
    private static final class Errors {
        private final Kept kept = Kept.last(64 * 1024);
        private final UntilMark mark;
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

        Errors(String word) {
            mark = new UntilMark(word);
        }

        void bytes(byte[] bytes, int offset, int length) {
            mark.take(bytes, offset, length, kept::write);
            if (mark.ended()) {
                ended.complete(true);
            }
        }

        boolean whole() throws InterruptedException {
            try {
                return ended.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("It is never completed with an exception.", e);
            }
        }

        String text() {
            return kept.text();
        }
    }

    /** Hands what comes on standard error to whoever listens. */
    private static final class Incoming extends OutputStream {
        private volatile Conversation listener;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Errors listening = listener == null ? null : listener.errors;
            if (listening != null) {
                listening.bytes(bytes, offset, length);
            }
        }
    }
}
