package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.credential.SshCredential.PrivateKey;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A credential's keys, decrypted once: the derivation of an OpenSSH key's passphrase alone takes a tenth of a second. */
final class PrivateKeys {
    private final SshCredential credential;
    private List<KeyPair> keys;

    PrivateKeys(SshCredential credential) {
        this.credential = credential;
    }

    /** {@return all of them, in the credential's order} */
    synchronized List<KeyPair> get() throws Unreachable {
        if (keys == null) {
            List<KeyPair> read = new ArrayList<>();
            for (PrivateKey key : credential.keys()) {
                read.addAll(read(key));
            }
            keys = List.copyOf(read);
        }
        return keys;
    }

    /** {@return what is offered to a server, for messages} */
    synchronized String describe() {
        List<String> offered = new ArrayList<>();
        if (keys != null) {
            for (KeyPair key : keys) {
                offered.add("key " + KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key.getPublic()));
            }
        }
        if (credential.password() != null) {
            offered.add("a password");
        }
        return offered.isEmpty() ? "nothing" : String.join(", ", offered);
    }

    private List<KeyPair> read(PrivateKey key) throws Unreachable {
        AtomicBoolean encrypted = new AtomicBoolean();
        FilePasswordProvider passphrase = (session, resource, retry) -> {
            encrypted.set(true);
            return key.passphrase() == null ? null : key.passphrase().reveal();
        };
        Exception failure = null;
        try {
            String text = key.text().reveal();
            if (Pkcs8.isEncrypted(text)) {
                encrypted.set(true);
                text = Pkcs8.decrypt(
                        text, key.passphrase() == null ? "" : key.passphrase().reveal());
            }
            List<KeyPair> read = new ArrayList<>();
            Iterable<KeyPair> parsed = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName(key.name()),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    passphrase);
            if (parsed != null) {
                parsed.forEach(read::add);
            }
            if (!read.isEmpty()) {
                return read;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Its message can quote the key's text, so it is not handed on.
            failure = e;
        }
        throw unusable(key, encrypted.get(), failure);
    }

    private Unreachable unusable(PrivateKey key, boolean encrypted, Exception failure) {
        String which = "The private key " + key.name() + " of the credential " + credential.id();
        if (encrypted && key.passphrase() == null) {
            return new Unreachable(
                    Reason.AUTHENTICATION,
                    which + " is encrypted and no passphrase was given.",
                    "Give the credential its passphrase.");
        }
        if (encrypted) {
            return new Unreachable(
                    Reason.AUTHENTICATION,
                    which + " cannot be decrypted with the passphrase given.",
                    "Check the passphrase: ssh-keygen -y -f KEYFILE asks for it and prints the public key.");
        }
        String found =
                failure == null ? "no key was found in it" : failure.getClass().getSimpleName();
        return new Unreachable(
                Reason.AUTHENTICATION,
                which + " is not a private key as OpenSSH writes it (" + found + ").",
                "Give the private key's file, which begins with -----BEGIN, not the public one.");
    }
}
