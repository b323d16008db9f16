package io.jenkins.plugins.gateddeploy.embedded;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/**
 * An SSH server on a loopback address with a host key and a user key of its own, made at its start and kept in memory
 * alone. It runs each command as {@code sh -c <command>} with the rights of this process, in one directory. Whoever has
 * the user key can do what this process can, so the key is handed out here and nowhere else.
 *
 * <p>Several servers of one process share its file system, so that one path would be the same place for all of them.
 * Below {@link #ROOT}, however, each has a place of its own.
 */
public final class EmbeddedServer implements AutoCloseable {
    /**
     * On Linux, the path by which every command reaches the directory of its own server. A command starts with that
     * directory open as file descriptor 9, what it starts inherits the descriptor, and proc(5) resolves the path for
     * each process by its own descriptors.
     */
    public static final String ROOT = "/proc/self/fd/9";

    private static final String USER = "demo";
    private static final String LOOPBACK = "127.0.0.1";

    private final SshServer server;
    private final KeyPair userKey;
    private final KeyPair hostKey;

    private EmbeddedServer(SshServer server, KeyPair userKey, KeyPair hostKey) {
        this.server = server;
        this.userKey = userKey;
        this.hostKey = hostKey;
    }

    /**
     * {@return a server, running, at a free port}
     *
     * @param directory where commands start, an existing one
     * @throws IOException when no port can be had
     */
    public static EmbeddedServer start(Path directory) throws IOException {
        return start(LOOPBACK, 0, directory, newKey());
    }

    /**
     * {@return a server, running, at a free port, that lets in the user key of another one}
     *
     * @param directory where commands start, an existing one
     * @throws IOException when no port can be had
     */
    public static EmbeddedServer start(Path directory, EmbeddedServer other) throws IOException {
        return start(LOOPBACK, 0, directory, other.userKey);
    }

    /**
     * {@return a server, running, at another loopback address but the port of another one, that lets in the same user
     * key}
     *
     * @param address such as {@code 127.0.0.2}; Linux takes all of 127.0.0.0/8 for loopback
     * @param directory where commands start, an existing one
     * @throws IOException when that port is taken there
     */
    public static EmbeddedServer start(String address, Path directory, EmbeddedServer other) throws IOException {
        return start(address, other.port(), directory, other.userKey);
    }

    /** {@return the server as a target, its host key pinned} */
    public Target target() {
        return target(Set.of());
    }

    /** {@return the server as a target with roles, its host key pinned} */
    public Target target(Set<String> roles) {
        return new Target(USER, server.getHost(), port(), roles, List.of(hostKeyLine()));
    }

    /** {@return the credential that it lets in} */
    public SshCredential credential() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, USER, null, text);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("A key made here cannot be written.", e);
        }
        Secret key = Secret.of(text.toString(StandardCharsets.UTF_8));
        return new SshCredential("demo", USER, List.of(new SshCredential.PrivateKey("demo", key, null)), null);
    }

    /** {@return type and key of its host key, as in known_hosts} */
    public String hostKeyLine() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** {@return the port it listens at} */
    public int port() {
        return server.getPort();
    }

    /** Ends the server, its connections and the commands that run over them. */
    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static EmbeddedServer start(String address, int port, Path directory, KeyPair userKey) throws IOException {
        if (!InetAddress.getByName(address).isLoopbackAddress()) {
            throw new IllegalArgumentException("Not a loopback address: " + address);
        }
        Objects.requireNonNull(directory, "directory");
        KeyPair hostKey = newKey();
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(address);
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(
                (user, key, session) -> USER.equals(user) && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setCommandFactory((channel, command) -> new LocalCommand(command, directory));
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        server.start();
        return new EmbeddedServer(server, userKey, hostKey);
    }

    private static KeyPair newKey() {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make an ed25519 key.", e);
        }
    }
}
