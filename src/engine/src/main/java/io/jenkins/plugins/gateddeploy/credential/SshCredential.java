package io.jenkins.plugins.gateddeploy.credential;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How to log in to targets.
 *
 * @param id as asked for; never null
 * @param user the user to log in as when the target names none; null when the credential has none
 * @param keys private keys, tried in this order; may be empty
 * @param password null when there is none
 */
public record SshCredential(String id, String user, List<PrivateKey> keys, Secret password) implements Serializable {
    public SshCredential {
        Objects.requireNonNull(id, "id");
        keys = List.copyOf(keys);
    }

    /** {@return the user to log in as when the target names none} */
    public Optional<String> defaultUser() {
        return Optional.ofNullable(user);
    }

    /**
     * A private key in a format OpenSSH writes (OpenSSH, PEM, PKCS#8).
     *
     * @param name where it came from, for messages: a path or the credential's id
     * @param text the key file's content
     * @param passphrase null when the key is not encrypted
     */
    public record PrivateKey(String name, Secret text, Secret passphrase) implements Serializable {}
}
