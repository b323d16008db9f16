package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Connections whose deployment is over, each kept for a while for whoever would open the very same one next, as
 * OpenSSH's {@code ControlPersist} does. Only one has it at a time. None has a thread: they share the client's timer.
 */
final class IdleConnections implements AutoCloseable {
    /** How long a server that was there a moment ago may take to answer; connecting anew is what comes then. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final String ASKED = "keepalive@openssh.com";

    private static final AttributeKey<Long> OPENED = new AttributeKey<>();

    private final ScheduledExecutorService clock;
    private final Duration oldest;
    private final byte[] salt = new byte[16];
    private final Map<Key, Deque<Idle>> idle = new HashMap<>();
    private boolean closed;

    /**
     * @param oldest after which a connection is not used again: a key that was taken off the server stops working, and
     *     a user's new group or limit counts, only for who logs in anew
     */
    IdleConnections(ScheduledExecutorService clock, Duration oldest) {
        this.clock = clock;
        this.oldest = oldest;
        new SecureRandom().nextBytes(salt);
    }

    /**
     * What has to be the same for a connection to be as good as a new one.
     *
     * @param login a digest of the credential's content, which tells nothing about it
     */
    record Key(String host, int port, List<String> hostKeys, Duration keepAlive, String login) {}

    private record Idle(ClientSession session, Future<?> ending) {}

    /** {@return the key of the connection to a target without a jump host} */
    Key key(Target target, Targets.Access access) {
        return new Key(
                target.host(),
                target.port(),
                target.hostKeys(),
                access.settings().keepAlive(),
                login(target, access.credential()));
    }

    /** {@return a connection that answers, and is the taker's alone from now on; null when there is none} */
    ClientSession take(Key key) throws InterruptedException {
        for (Idle next = poll(key); next != null; next = poll(key)) {
            next.ending().cancel(false);
            boolean good = false;
            try {
                good = isTrusted(next.session()) && answers(next.session());
            } finally {
                if (!good) {
                    next.session().close(true);
                }
            }
            if (good) {
                return next.session();
            }
        }
        return null;
    }

    /** Has to hear of every connection that may be kept, when it was opened. */
    static void opened(ClientSession session) {
        session.setAttribute(OPENED, System.nanoTime());
    }

    private boolean isOld(ClientSession session) {
        return System.nanoTime() - session.getAttribute(OPENED) >= oldest.toNanos();
    }

    /** Takes a connection on which nothing runs. */
    synchronized void keep(Key key, ClientSession session, Duration time) {
        if (closed || !session.isOpen() || isOld(session)) {
            session.close(true);
            return;
        }
        Future<?> ending = clock.schedule(() -> end(key, session), time.toMillis(), TimeUnit.MILLISECONDS);
        idle.computeIfAbsent(key, k -> new ArrayDeque<>()).push(new Idle(session, ending));
    }

    private synchronized Idle poll(Key key) {
        Deque<Idle> same = idle.get(key);
        Idle found = same == null ? null : same.poll();
        if (same != null && same.isEmpty()) {
            idle.remove(key);
        }
        return found;
    }

    private void end(Key key, ClientSession session) {
        boolean ours;
        synchronized (this) {
            Deque<Idle> same = idle.getOrDefault(key, new ArrayDeque<>());
            ours = same.removeIf(one -> one.session() == session);
            if (same.isEmpty()) {
                idle.remove(key);
            }
        }
        // Somebody else may have taken it in the very moment.
        if (ours) {
            session.close(true);
        }
    }

    /** What is known about the server's key may have changed since it was verified: it may have been revoked. */
    private static boolean isTrusted(ClientSession session) {
        return session.isOpen()
                && session.getServerKeyVerifier()
                        .verifyServerKey(session, session.getConnectAddress(), session.getServerKey());
    }

    /** A connection through a firewall that has forgotten it, or to a server without power, looks open from here. */
    private static boolean answers(ClientSession session) throws InterruptedException {
        try {
            Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
            question.putString(ASKED);
            question.putBoolean(true);
            // Any answer will do; OpenSSH's is that it does not know the question.
            session.request(ASKED, question, ANSWER);
            return session.isOpen();
        } catch (InterruptedIOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private String login(Target target, SshCredential credential) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            Stream<String> texts = Stream.concat(
                    Stream.of(
                            target.user() == null ? credential.defaultUser().orElse("") : target.user(),
                            credential.password() == null
                                    ? ""
                                    : credential.password().reveal()),
                    credential.keys().stream()
                            .flatMap(key -> Stream.of(
                                    key.text().reveal(),
                                    key.passphrase() == null
                                            ? ""
                                            : key.passphrase().reveal())));
            texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).forEach(text -> {
                digest.update((text.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(text);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** {@return how many are kept at the moment} */
    synchronized int size() {
        return idle.values().stream().mapToInt(Deque::size).sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.values()
                .forEach(same -> same.forEach(one -> {
                    one.ending().cancel(false);
                    one.session().close(true);
                }));
        idle.clear();
    }
}
