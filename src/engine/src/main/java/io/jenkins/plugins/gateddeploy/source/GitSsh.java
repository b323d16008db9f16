package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.sshd.JGitKeyCache;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/** SSH for git with what the credential gives: no agent, no keys and no settings from a home directory. */
final class GitSsh {
    private GitSsh() {}

    /** {@return sessions that log in with the credential's keys, and trust the hosts in a file} */
    static SshdSessionFactory sessions(GitLocation location) throws ProblemException {
        List<KeyPair> keys = new ArrayList<>();
        if (location.credential().orElse(null) instanceof GitCredential.Ssh ssh) {
            for (SshCredential.PrivateKey key : ssh.credential().keys()) {
                read(key).forEach(keys::add);
            }
        }
        List<Path> knownHosts = location.knownHosts();
        Path nobodysHome = location.cache().toAbsolutePath().resolve("ssh");
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(nobodysHome.toFile())
                .setSshDirectory(nobodysHome.toFile())
                .setConfigStoreFactory((home, file, user) -> null)
                .setConnectorFactory(null)
                .setDefaultIdentities(directory -> List.of())
                .setDefaultKeysProvider(directory -> keys)
                .setDefaultKnownHostsFiles(directory -> knownHosts)
                .setPreferredAuthentications("publickey,password")
                .build(new JGitKeyCache());
    }

    private static Iterable<KeyPair> read(SshCredential.PrivateKey key) throws ProblemException {
        FilePasswordProvider passphrase = FilePasswordProvider.of(
                Optional.ofNullable(key.passphrase()).map(Secret::reveal).orElse(null));
        byte[] text = key.text().reveal().getBytes(StandardCharsets.UTF_8);
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(key.name()), new ByteArrayInputStream(text), passphrase);
            if (pairs != null) {
                return pairs;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(
                    "source.unauthorized",
                    "The private key " + key.name() + " for git cannot be read: " + e.getMessage() + ".",
                    "Check that it is a private key and that its passphrase is right.");
        }
        throw new ProblemException(
                "source.unauthorized",
                "The private key " + key.name() + " for git holds no key.",
                "Give a private key in a format that ssh-keygen writes.");
    }
}
