package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * One shell on a connection that starts the commands of a deployment one after the other. A channel for each would have
 * sshd start a process and the user's login shell read its files each time, which takes longer than most commands do.
 * A command whose end is not heard of takes the shell with it; the next command opens another.
 */
final class StandingShell {
    private static final AttributeKey<StandingShell> KEY = new AttributeKey<>();
    /** Longer ones go faster as a stream of their own. */
    private static final int LONGEST_INPUT = 64 * 1024;
    /** How long a shell may take to say that it is there, before it is given up. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ClientSession session;
    private final Semaphore turn = new Semaphore(1);
    // Whoever has the turn has these.
    private Conversation conversation;
    private boolean unfit;

    private StandingShell(ClientSession session) {
        this.session = session;
    }

    /** {@return the shell of that connection, which is started when there is first a command for it} */
    static StandingShell of(ClientSession session) {
        return session.computeAttributeIfAbsent(KEY, key -> new StandingShell(session));
    }

    /**
     * Runs a command, unless it needs a channel of its own or another one runs.
     *
     * @param output takes its standard output; null to keep it for the outcome
     * @return empty when it was not started, so that it is safe to start it elsewhere
     * @throws Execution.NotStarted when the connection is not there any more
     */
    Optional<Outcome> run(Target target, Command command, Output output, ScheduledExecutorService clock)
            throws Execution.NotStarted, InterruptedException {
        if (command.alone() || !fits(command.stdin().bytes()) || !turn.tryAcquire()) {
            return Optional.empty();
        }
        boolean heard = false;
        try {
            boolean first = conversation == null;
            if (!ready(command.timeout(), clock)) {
                return Optional.empty();
            }
            Optional<Outcome> outcome = conversation.run(target, command, output, clock);
            heard = outcome.isPresent() && outcome.get() instanceof Outcome.Exited;
            unfit = first && outcome.isEmpty();
            return outcome;
        } finally {
            if (!heard && conversation != null) {
                conversation.close();
                conversation = null;
            }
            turn.release();
        }
    }

    /** {@return a shell; null when the server lets the connection have no more channels at this moment} */
    private Conversation open(Duration timeout, Seats.Seat seat) throws Execution.NotStarted, InterruptedException {
        try {
            return Conversation.open(session, timeout, seat);
        } catch (Execution.NotStarted e) {
            if (e.isRefusal() && session.isOpen()) {
                return null;
            }
            throw e;
        }
    }

    /** Ends the shell for good, unless a command runs in it: it has the only channel that the connection may have. */
    void makeRoom() {
        if (turn.tryAcquire()) {
            try {
                unfit = true;
                if (conversation != null) {
                    conversation.close();
                    conversation = null;
                }
            } finally {
                turn.release();
            }
        }
    }

    private static boolean fits(byte[] input) {
        if (input.length > LONGEST_INPUT) {
            return false;
        }
        for (byte one : input) {
            if (one == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return whether there is a shell to speak to} It is asked each time: a connection that broke while nobody used it is
     * told so from one that broke under a command.
     */
    private boolean ready(Duration timeout, ScheduledExecutorService clock)
            throws Execution.NotStarted, InterruptedException {
        if (unfit) {
            return false;
        }
        if (conversation == null) {
            Seats.Seat seat = Seats.of(session).takeIfFree();
            conversation = seat == null ? null : open(timeout, seat);
            return conversation != null;
        }
        return conversation.answers(timeout.compareTo(ANSWER) < 0 ? timeout : ANSWER, clock);
    }
}
