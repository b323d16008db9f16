package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** Opens connections: TCP, key exchange with the host key verified, login, all within one limit of time. */
final class Dialling {
    private final SshClient client;
    private final SshCredential credential;
    private final Targets.Settings settings;
    private final PrivateKeys keys;

    Dialling(SshClient client, Targets.Access access) {
        this.client = client;
        this.credential = access.credential();
        this.settings = access.settings();
        this.keys = new PrivateKeys(credential);
    }

    /** {@return a new connection, logged in} */
    ClientSession direct(Target target) throws Unreachable, InterruptedException {
        List<KeyPair> identities = keys.get();
        Deadline deadline = Deadline.in(settings.connectTimeout());
        InetAddress[] addresses = resolve(target);
        for (int i = 0; ; i++) {
            InetSocketAddress address = new InetSocketAddress(addresses[i], target.port());
            try {
                Attempt attempt = new Attempt(target, false, deadline.share(addresses.length - i));
                return attempt.logIn(attempt.connect(address), identities);
            } catch (Unreachable e) {
                // A name can have an address where nobody listens beside one where somebody does (::1 and 127.0.0.1).
                boolean perhapsElsewhere =
                        e.outcome().reason() == Reason.REFUSED || e.outcome().reason() == Reason.CONNECT_TIMEOUT;
                if (!perhapsElsewhere || i == addresses.length - 1) {
                    throw e;
                }
            }
        }
    }

    /** {@return a new connection to the target, inside one to the jump host; ends with that one} */
    ClientSession through(ClientSession jump, Target target) throws Unreachable, InterruptedException {
        List<KeyPair> identities = keys.get();
        Deadline deadline = Deadline.in(settings.connectTimeout());
        SshdSocketAddress remote = new SshdSocketAddress(target.host(), target.port());
        // Only this connection goes through the local port: it is closed again once the connection stands.
        try (ExplicitPortForwardingTracker forward =
                jump.createLocalPortForwardingTracker(new SshdSocketAddress("127.0.0.1", 0), remote)) {
            Attempt attempt = new Attempt(target, true, deadline);
            ClientSession session = attempt.connect(forward.getBoundAddress().toInetSocketAddress());
            jump.addCloseFutureListener(closed -> session.close(true));
            return attempt.logIn(session, identities);
        } catch (IOException e) {
            throw new Unreachable(
                    Reason.LOST,
                    "The connection to the jump host " + settings.jump().name() + " was lost while " + target.name()
                            + " was being reached through it.",
                    "",
                    e);
        }
    }

    private static InetAddress[] resolve(Target target) throws Unreachable {
        try {
            return InetAddress.getAllByName(target.host());
        } catch (UnknownHostException e) {
            throw new Unreachable(
                    Reason.UNRESOLVED,
                    "The name " + target.host() + " has no address.",
                    "Check its spelling in deploy.toml and this machine's DNS.",
                    e);
        }
    }

    private String user(Target target) throws Unreachable {
        if (target.user() != null) {
            return target.user();
        }
        return credential
                .defaultUser()
                .orElseThrow(() -> new Unreachable(
                        Reason.AUTHENTICATION,
                        "Nobody says as which user to log in to " + target.name() + ".",
                        "Write user@" + target.host() + " in deploy.toml, or give the credential " + credential.id()
                                + " a user."));
    }

    /** One try to connect to one address. */
    private final class Attempt {
        private final Target target;
        private final Peer peer;
        private final Deadline deadline;
        private final String user;

        Attempt(Target target, boolean throughJump, Deadline deadline) throws Unreachable {
            this.target = target;
            this.peer = new Peer(target, settings.keepAlive(), throughJump);
            this.deadline = deadline;
            this.user = user(target);
        }

        ClientSession connect(InetSocketAddress address) throws Unreachable, InterruptedException {
            try {
                ConnectFuture connecting = client.connect(user, address, peer.asContext(), null);
                return connecting
                        .verify(
                                deadline.remainingMillis(),
                                CancelOption.CANCEL_ON_TIMEOUT,
                                CancelOption.CANCEL_ON_INTERRUPT)
                        .getClientSession();
            } catch (InterruptedIOException e) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            } catch (IOException | RuntimeException e) {
                throw Failure.connecting(where(address), settings.connectTimeout(), deadline, e);
            }
        }

        ClientSession logIn(ClientSession session, List<KeyPair> identities) throws Unreachable, InterruptedException {
            boolean done = false;
            try {
                identities.forEach(session::addPublicKeyIdentity);
                if (credential.password() != null) {
                    session.addPasswordIdentity(credential.password().reveal());
                }
                session.auth().verify(deadline.remainingMillis());
                done = true;
                return session;
            } catch (InterruptedIOException e) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            } catch (IOException | RuntimeException e) {
                if (peer.refusal() != null) {
                    throw peer.refusal();
                }
                throw Failure.loggingIn(this::describe, settings.connectTimeout(), deadline, session, e);
            } finally {
                if (!done) {
                    session.close(true);
                }
            }
        }

        private String where(InetSocketAddress address) {
            String ip = address.getAddress().getHostAddress();
            boolean named = !peer.throughJump() && !ip.equals(target.host());
            String through = peer.throughJump()
                    ? " through the jump host " + settings.jump().name()
                    : "";
            return target.name() + (named ? " (" + ip + ", port " + target.port() + ")" : "") + through;
        }

        private Failure.Login describe() {
            String through = peer.throughJump()
                    ? " through the jump host " + settings.jump().name()
                    : "";
            return new Failure.Login(user, target.name() + through, credential.id(), keys.describe());
        }
    }
}
