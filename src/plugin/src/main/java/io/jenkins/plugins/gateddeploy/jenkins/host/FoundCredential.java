package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * A credential of Jenkins in the engine's words. What comes out holds its secret itself and can cross to an agent; so
 * can no reference to the controller's stores.
 *
 * @param id as asked for
 * @param credential what was found
 */
record FoundCredential(String id, StandardCredentials credential) {
    static final String LOGIN = "an SSH key, or a user name with password";
    static final String TEXT = "a secret text";

    /** The types that log in, the ones looked for first before others. */
    static final List<Class<? extends StandardCredentials>> LOGINS =
            List.of(SSHUserPrivateKey.class, StandardUsernamePasswordCredentials.class);

    static final List<Class<? extends StandardCredentials>> TEXTS = List.of(StringCredentials.class);

    /** Reads from a credential, which may have to ask somewhere else for its secret. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws CredentialException;
    }

    SshCredential ssh() throws CredentialException {
        return read(() -> {
            if (credential instanceof SSHUserPrivateKey login) {
                return key(login);
            }
            if (credential instanceof StandardUsernamePasswordCredentials login) {
                Secret password = Secret.of(login.getPassword().getPlainText());
                return new SshCredential(id, Util.fixEmptyAndTrim(login.getUsername()), List.of(), password);
            }
            throw wrong(LOGIN);
        });
    }

    GitCredential git() throws CredentialException {
        if (credential instanceof StandardUsernamePasswordCredentials login) {
            return read(() -> new GitCredential.UserPassword(
                    Util.fixNull(login.getUsername()),
                    Secret.of(login.getPassword().getPlainText())));
        }
        return new GitCredential.Ssh(ssh());
    }

    Secret secret() throws CredentialException {
        return read(() -> {
            if (credential instanceof StringCredentials text) {
                return Secret.of(text.getSecret().getPlainText());
            }
            throw wrong(TEXT);
        });
    }

    private SshCredential key(SSHUserPrivateKey login) throws CredentialException {
        hudson.util.Secret phrase = login.getPassphrase();
        Secret passphrase = phrase == null || phrase.getPlainText().isEmpty() ? null : Secret.of(phrase.getPlainText());
        List<SshCredential.PrivateKey> keys = login.getPrivateKeys().stream()
                .filter(text -> !text.isBlank())
                .map(text -> new SshCredential.PrivateKey(id, Secret.of(text), passphrase))
                .toList();
        if (keys.isEmpty()) {
            throw new CredentialException("The credential \"" + id + "\" is an SSH key, but the key in it is empty."
                    + " Enter the private key in it.");
        }
        return new SshCredential(id, Util.fixEmptyAndTrim(login.getUsername()), keys, null);
    }

    private <T> T read(Reading<T> reading) throws CredentialException {
        try {
            return reading.read();
        } catch (CredentialsUnavailableException e) {
            throw new CredentialException(
                    "The credential \"" + id + "\" is there, but its " + e.getProperty()
                            + " cannot be had now: it may have expired, or the place where it is kept may be out of"
                            + " reach. Look at it in Jenkins.",
                    e);
        }
    }

    private CredentialException wrong(String expected) {
        return new CredentialException("The credential \"" + id + "\" should be " + expected + ", but it is "
                + credential.getDescriptor().getDisplayName() + ". Name another one, or make one of that kind.");
    }
}
