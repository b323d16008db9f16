package io.jenkins.plugins.gateddeploy.credential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Credentials in a TOML file of the user's, one table an id:
 *
 * <pre>
 * [production-ssh]                       # SSH: a private key; user and passphrase may be left out
 * key = "~/.ssh/id_deploy"               # relative to this file
 * user = "deploy"
 * passphrase = { env = "DEPLOY_KEY_PASSPHRASE" }
 *
 * [git-read-only]                        # user and password, for git over https or for SSH
 * user = "reader"
 * password = { env = "GIT_TOKEN" }
 *
 * [stripe-live]                          # a secret text
 * secret = { file = "stripe.txt" }       # or { env = "NAME" }, or the text itself
 * expires = 2027-01-31                   # of whatever kind: its last day; may be left out
 * </pre>
 *
 * <p>The file is read anew at each look-up. The passphrase of an encrypted key that names no variable is asked for, once
 * in this object's life. Texts in the file itself, and private keys, are refused when others could read them.
 */
public final class CredentialsFile implements Credentials {
    /** In the order in which ssh(1) tries them; ssh also knows DSA and hardware keys, which are not supported. */
    private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final Path file;
    private final Surroundings surroundings;
    private final KeyFiles keys;

    /**
     * What is around the file.
     *
     * @param home the user's home directory, for {@code ~} and the default keys
     * @param environment the environment variables
     * @param identity a key file that replaces whatever SSH credential is looked up; null for none
     * @param prompt asks for passphrases; null when there is nobody to ask
     */
    public record Surroundings(Path home, Map<String, String> environment, Path identity, Prompt prompt) {
        public Surroundings {
            Objects.requireNonNull(home, "home");
            environment = Map.copyOf(environment);
        }

        /** {@return those of this process} */
        public static Surroundings ofThisProcess(Path identity, Prompt prompt) {
            return new Surroundings(Path.of(System.getProperty("user.home")), System.getenv(), identity, prompt);
        }
    }

    /** @param file need not exist; it is read when something is looked up in it */
    public CredentialsFile(Path file, Surroundings surroundings) {
        this.file = Objects.requireNonNull(file, "file");
        this.surroundings = Objects.requireNonNull(surroundings, "surroundings");
        this.keys = new KeyFiles(surroundings.prompt());
    }

    /**
     * {@inheritDoc} Without an id: the identity given, else the key files of OpenSSH in {@code ~/.ssh} that exist.
     */
    @Override
    public SshCredential ssh(String id) throws CredentialException {
        if (surroundings.identity() != null) {
            Path identity = surroundings.identity();
            return new SshCredential(id == null ? "identity" : id, null, List.of(keys.read(identity, null)), null);
        }
        return id == null ? defaultKeys() : ssh(entry(id, "key = \"~/.ssh/id_ed25519\""));
    }

    private SshCredential ssh(Entry entry) throws CredentialException {
        if (entry instanceof Entry.Key key) {
            SshCredential.PrivateKey read = keys.read(key.file(), key.passphrase());
            return new SshCredential(key.id(), key.user(), List.of(read), null);
        }
        if (entry instanceof Entry.Password password) {
            return new SshCredential(password.id(), password.user(), List.of(), password.password());
        }
        throw wrongType(entry.id(), "an SSH credential (a key, or user and password)");
    }

    @Override
    public GitCredential git(String id) throws CredentialException {
        Entry entry = entry(id, "user = \"…\"\npassword = { env = \"GIT_TOKEN\" }");
        if (entry instanceof Entry.Password password) {
            String user = password.user() == null ? "" : password.user();
            return new GitCredential.UserPassword(user, password.password());
        }
        if (entry instanceof Entry.Key) {
            return new GitCredential.Ssh(ssh(entry));
        }
        throw wrongType(entry.id(), "a credential for git (user and password, or a key)");
    }

    @Override
    public Secret secret(String id) throws CredentialException {
        if (entry(id, "secret = { env = \"NAME_OF_A_VARIABLE\" }") instanceof Entry.Text text) {
            return text.secret();
        }
        throw wrongType(id, "a secret text");
    }

    @Override
    public Optional<Credential> find(String id, Set<Credential.Type> wanted) throws CredentialException {
        Optional<Entry> found = new CredentialsToml(file, surroundings).find(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        if (entry instanceof Entry.Key key) {
            return Optional.of(new Credential(
                    id,
                    Credential.Type.SSH_KEY.words(),
                    Set.of(Credential.Type.SSH_KEY),
                    List.of(KeyFiles.textOf(key.file())),
                    key.expires()));
        }
        if (entry instanceof Entry.Password password) {
            return Optional.of(new Credential(
                    id,
                    Credential.Type.LOGIN.words(),
                    Set.of(Credential.Type.LOGIN),
                    List.of(password.password()),
                    password.expires()));
        }
        // A text is as good as a file here: where it comes from is the table's own business.
        Entry.Text text = (Entry.Text) entry;
        return Optional.of(new Credential(
                id,
                Credential.Type.TEXT.words(),
                Set.of(Credential.Type.TEXT, Credential.Type.FILE),
                List.of(text.secret()),
                text.expires()));
    }

    private Entry entry(String id, String snippet) throws CredentialException {
        Optional<Entry> entry = new CredentialsToml(file, surroundings).find(id);
        if (entry.isEmpty()) {
            throw new CredentialException("There is no credential \"" + id + "\" in " + file
                    + (Files.exists(file) ? "" : ", a file that does not exist yet") + ". Add it there:\n\n["
                    + CredentialsToml.quoted(id) + "]\n" + snippet);
        }
        return entry.get();
    }

    private CredentialException wrongType(String id, String wanted) {
        return new CredentialException("The credential \"" + id + "\" in " + file + " is not what is needed: " + wanted
                + ". Name another one, or change its table.");
    }

    private SshCredential defaultKeys() throws CredentialException {
        Path directory = surroundings.home().resolve(".ssh");
        List<SshCredential.PrivateKey> found = new ArrayList<>();
        CredentialException unusable = null;
        for (String name : DEFAULT_KEYS) {
            if (Files.exists(directory.resolve(name))) {
                try {
                    found.add(keys.read(directory.resolve(name), null));
                } catch (CredentialException e) {
                    // As ssh does: a key that cannot be used is passed over while there is another.
                    unusable = unusable == null ? e : unusable;
                }
            }
        }
        if (!found.isEmpty()) {
            return new SshCredential("default", null, found, null);
        }
        if (unusable != null) {
            throw unusable;
        }
        throw new CredentialException("The environment names no SSH credential, and there is none of the default keys "
                + String.join(", ", DEFAULT_KEYS) + " in " + directory
                + ". Give one with --identity, or write credentials = \"<id>\" for the environment and describe it in "
                + file + ".");
    }
}
