package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.sshd.client.session.ClientSession;

/** What a library's exception means for whoever deploys. */
final class Failure {
    private Failure() {}

    /**
     * A login, for messages.
     *
     * @param offered keys and password, by their public side
     */
    record Login(String user, String server, String credential, String offered) {}

    static Unreachable connecting(String where, Duration limit, Deadline deadline, Exception failure) {
        if (deadline.passed()) {
            return timeout(where, limit, "to a connection", failure);
        }
        Throwable root = root(failure);
        String found = root instanceof ConnectException
                ? root.getMessage()
                : root.getClass().getSimpleName() + ": " + root.getMessage();
        return new Unreachable(
                Reason.REFUSED,
                "No connection to " + where + ": " + found + ".",
                "Check the port, that sshd runs there, and any firewall in between.",
                failure);
    }

    static Unreachable loggingIn(
            Supplier<Login> login, Duration limit, Deadline deadline, ClientSession session, Exception failure) {
        Login what = login.get();
        if (deadline.passed()) {
            return timeout(what.server(), limit, "to the SSH handshake and login", failure);
        }
        boolean serverProved = session.getServerKey() != null;
        if (serverProved) {
            return new Unreachable(
                    Reason.AUTHENTICATION,
                    what.server() + " did not let in " + what.user() + " with the credential " + what.credential()
                            + ", which offered " + what.offered() + ".",
                    "Add the public key to ~" + what.user()
                            + "/.ssh/authorized_keys there, or name another user or credential in deploy.toml.",
                    failure);
        }
        return new Unreachable(
                Reason.REFUSED,
                what.server() + " took the connection but no SSH session came of it: "
                        + root(failure).getMessage() + ".",
                "Check that the port is sshd's and not another server's; its log says whether it turned the connection"
                        + " away (MaxStartups, no algorithm in common).",
                failure);
    }

    private static Unreachable timeout(String where, Duration limit, String to, Exception failure) {
        return new Unreachable(
                Reason.CONNECT_TIMEOUT,
                where + " did not answer " + to + " within " + Words.of(limit) + ".",
                "Check that the server is up and reachable from here, or raise ssh.connect_timeout in deploy.toml.",
                failure);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
