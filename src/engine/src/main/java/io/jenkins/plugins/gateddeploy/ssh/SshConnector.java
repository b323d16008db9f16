package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Opens targets over SSH. One for a process: all its targets share a few threads for the network, however many
 * connections there are. Reads nobody's {@code ~/.ssh} but the known_hosts files it is given.
 */
public final class SshConnector implements Targets.Connector, AutoCloseable {
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private final HostKeyCheck check;
    private final SshClient client;
    private final ExecutorService workers;
    private final IdleConnections idle;

    /**
     * Starts the threads; connects to nothing. Connections end with the targets that they were opened for.
     *
     * @param hostKeys how servers prove who they are; never null
     */
    public SshConnector(HostKeys hostKeys) {
        this(hostKeys, Optional.empty());
    }

    /**
     * {@return what keeps connections for as long as {@code ssh.keep} says, for a process that lives on}
     *
     * @param hostKeys how servers prove who they are; never null
     */
    public static SshConnector keeping(HostKeys hostKeys) {
        return keeping(hostKeys, OLDEST);
    }

    /** @param oldest after which a connection is not used again */
    static SshConnector keeping(HostKeys hostKeys, Duration oldest) {
        return new SshConnector(hostKeys, Optional.of(oldest));
    }

    private SshConnector(HostKeys hostKeys, Optional<Duration> oldest) {
        this.check = new HostKeyCheck(hostKeys);
        this.workers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("gated-deploy-ssh-"));
        this.client = client();
        client.start();
        this.idle = oldest.map(age -> new IdleConnections(client.getScheduledExecutorService(), age))
                .orElse(null);
    }

    @Override
    public Targets open(Targets.Access access) {
        return new SshTargets(client, access, workers, idle);
    }

    /** {@return how many connections are kept that nobody uses} */
    int idle() {
        return idle == null ? 0 : idle.size();
    }

    /** Ends all connections of all targets at once. */
    @Override
    public void close() {
        if (idle != null) {
            idle.close();
        }
        client.close(true);
        workers.shutdownNow();
    }

    private SshClient client() {
        SshClient made = SshClient.setUpDefaultClient();
        made.setKeyExchangeFactories(Algorithms.keyExchange());
        made.setCipherFactories(Algorithms.ciphers());
        made.setMacFactories(Algorithms.macs());
        made.setSignatureFactories(Algorithms.userSignatures());
        made.setUserAuthFactories(List.of(
                new UserAuthPublicKeyFactory(Algorithms.userSignatures()),
                UserAuthPasswordFactory.INSTANCE,
                // Servers with PAM often take a password only as the answer to a question.
                UserAuthKeyboardInteractiveFactory.INSTANCE));
        made.setAgentFactory(null);
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setServerKeyVerifier(check);
        made.setChannelStreamWriterResolver(Paced::forChannel);
        made.setIoServiceFactoryFactory(new Network());
        made.addSessionListener(new SessionListener() {
            @Override
            public void sessionEstablished(Session session) {
                prepare(session);
            }
        });
        CoreModuleProperties.TCP_NODELAY.set(made, true);
        CoreModuleProperties.WINDOW_SIZE.set(made, 4L << 20);
        CoreModuleProperties.NIO2_READ_BUFFER_SIZE.set(made, 64 * 1024);
        // The limits that count are the access's own; a library's default must not come before them.
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(made, Duration.ofDays(1));
        CoreModuleProperties.AUTH_TIMEOUT.set(made, Duration.ofDays(1));
        CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
        CoreModuleProperties.NIO2_MIN_WRITE_TIMEOUT.set(made, Duration.ofHours(1));
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(made, Duration.ofDays(1));
        CoreModuleProperties.WINDOW_TIMEOUT.set(made, Duration.ZERO);
        // A server whose certificate does not hold may still be known by its plain key.
        CoreModuleProperties.ABORT_ON_INVALID_CERTIFICATE.set(made, false);
        CoreModuleProperties.HEARTBEAT_REQUEST.set(made, "keepalive@openssh.com");
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, 3);
        return made;
    }

    private void prepare(Session session) {
        Peer peer = Peer.of(session);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(session, peer.keepAlive());
        session.setSignatureFactories(check.signatures(peer));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * MINA's NIO2 with one change: a connection that is being opened waits in a thread of its own. In the fixed pool
     * that it would have otherwise, a few dead servers keep the living ones waiting.
     */
    private static final class Network extends Nio2ServiceFactoryFactory {
        @Override
        public IoServiceFactory create(FactoryManager manager) {
            return new Nio2ServiceFactory(manager, null, ThreadUtils.newCachedThreadPool("gated-deploy-connect"));
        }
    }
}
