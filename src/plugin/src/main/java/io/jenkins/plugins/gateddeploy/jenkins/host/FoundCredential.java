package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
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

    private static final int MOST_BYTES = 10 * 1024 * 1024;

    /** The types that log in, the ones looked for first before others. */
    static final List<Class<? extends StandardCredentials>> LOGINS =
            List.of(SSHUserPrivateKey.class, StandardUsernamePasswordCredentials.class);

    static final List<Class<? extends StandardCredentials>> TEXTS = List.of(StringCredentials.class);

    private static final Map<Credential.Type, Class<? extends StandardCredentials>> CLASSES = Map.of(
            Credential.Type.TEXT, StringCredentials.class,
            Credential.Type.FILE, FileCredentials.class,
            Credential.Type.LOGIN, StandardUsernamePasswordCredentials.class,
            Credential.Type.SSH_KEY, SSHUserPrivateKey.class,
            Credential.Type.CERTIFICATE, StandardCertificateCredentials.class);

    /** {@return what Jenkins calls the types} */
    static List<Class<? extends StandardCredentials>> classes(Set<Credential.Type> types) {
        List<Class<? extends StandardCredentials>> classes = new ArrayList<>();
        types.stream().sorted().forEach(type -> classes.add(CLASSES.get(type)));
        return classes;
    }

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

    /** {@return it in the engine's words, whatever its type} */
    Credential whatever() throws CredentialException {
        return read(() -> {
            Set<Credential.Type> types = EnumSet.noneOf(Credential.Type.class);
            CLASSES.forEach((type, jenkinsType) -> {
                if (jenkinsType.isInstance(credential)) {
                    types.add(type);
                }
            });
            String description = credential.getDescriptor().getDisplayName();
            return new Credential(id, description, types, secrets(), new Certificates(credential).end());
        });
    }

    private List<Secret> secrets() throws CredentialException {
        if (credential instanceof StringCredentials || credential instanceof StandardUsernamePasswordCredentials) {
            return List.of(
                    credential instanceof StringCredentials
                            ? secret()
                            : Secret.of(((StandardUsernamePasswordCredentials) credential)
                                    .getPassword()
                                    .getPlainText()));
        }
        if (credential instanceof SSHUserPrivateKey login) {
            return key(login).keys().stream()
                    .map(SshCredential.PrivateKey::text)
                    .toList();
        }
        if (credential instanceof FileCredentials file) {
            return List.of(content(file));
        }
        return List.of();
    }

    private Secret content(FileCredentials file) throws CredentialException {
        try (InputStream in = file.getContent()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new CredentialException("The credential \"" + id
                        + "\" is a file of more than 10 MiB, which is not" + " read. Name another one.");
            }
            return Secret.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CredentialException(
                    "The file of the credential \"" + id + "\" cannot be read: "
                            + e.getClass().getSimpleName() + ". Upload it again.",
                    e);
        }
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
