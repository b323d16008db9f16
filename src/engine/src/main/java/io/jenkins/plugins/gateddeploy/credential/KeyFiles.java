package io.jenkins.plugins.gateddeploy.credential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Private keys in files, and the passphrases that were asked for them. */
final class KeyFiles {
    /** In bytes: the largest RSA keys have 13 KiB. */
    private static final long LARGEST = 64 << 10;

    private final Prompt prompt;
    private final Map<Path, Secret> answers = new HashMap<>();

    /** @param prompt null when there is nobody to ask */
    KeyFiles(Prompt prompt) {
        this.prompt = prompt;
    }

    /**
     * {@return the key}
     *
     * @param passphrase null when none is known
     */
    SshCredential.PrivateKey read(Path file, Secret passphrase) throws CredentialException {
        String text = text(file);
        return switch (KeyText.kind(text)) {
            case PLAIN -> key(file, text, null);
            case ENCRYPTED -> key(file, text, passphrase == null ? ask(file) : passphrase);
            case PUBLIC ->
                throw new CredentialException(
                        "The key file " + file + " holds a public key. Name the private one, usually without .pub.");
            case PUTTY ->
                throw new CredentialException("The key file " + file + " has PuTTY's format. Convert it: puttygen "
                        + file + " -O private-openssh -o id_deploy");
            case UNKNOWN ->
                throw new CredentialException(
                        "The key file " + file
                                + " holds no private key in a format OpenSSH writes. Expected a line that begins with -----BEGIN.");
        };
    }

    /** {@return the key file's text, encrypted or not: nobody is asked for a passphrase} */
    static Secret textOf(Path file) throws CredentialException {
        String text = text(file);
        if (!KeyText.kind(text).isPrivate()) {
            throw new CredentialException("The key file " + file + " holds no private key.");
        }
        return Secret.of(text);
    }

    private static SshCredential.PrivateKey key(Path file, String text, Secret passphrase) {
        return new SshCredential.PrivateKey(file.toString(), Secret.of(text), passphrase);
    }

    private static String text(Path file) throws CredentialException {
        try {
            if (Files.isDirectory(file)) {
                throw new CredentialException("The key file " + file + " is a directory. Name a file in it.");
            }
            if (Files.size(file) > LARGEST) {
                throw new CredentialException(
                        "The key file " + file + " is too large to be a key: " + Files.size(file) + " bytes.");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (KeyText.kind(text).isPrivate() && FileAccess.isOpenToOthers(file)) {
                throw new CredentialException("The private key " + file
                        + " can be read or changed by other users, so it is not used. " + FileAccess.mend(file));
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new CredentialException("There is no key file " + file + ".", e);
        } catch (IOException e) {
            throw new CredentialException("The key file " + file + " cannot be read: " + e, e);
        }
    }

    /** One question at a time, however many threads want the same key. */
    private synchronized Secret ask(Path file) throws CredentialException {
        Secret known = answers.get(file);
        if (known != null) {
            return known;
        }
        if (prompt == null) {
            throw new CredentialException("The key " + file + " is encrypted, and there is nobody to ask for its"
                    + " passphrase. Write passphrase = { env = \"NAME\" } beside it in the credentials file.");
        }
        Secret answer = prompt.ask("Passphrase for " + file);
        if (answer == null || answer.reveal().isEmpty()) {
            throw new CredentialException("The key " + file + " is encrypted, and no passphrase was given.");
        }
        answers.put(file, answer);
        return answer;
    }
}
