package io.jenkins.plugins.gateddeploy.credential;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The host's credentials, looked up by the ids that deploy.toml names. Safe for use by several threads. */
public interface Credentials {

    /**
     * {@return the SSH credential of that id}
     *
     * @param id from deploy.toml; null when the environment names none, for the host's default
     * @throws CredentialException when there is none, or it is of another type or unreadable
     */
    SshCredential ssh(String id) throws CredentialException;

    /**
     * {@return the credential for reading git repositories}
     *
     * @param id from deploy.toml; never null
     * @throws CredentialException when there is none, or it is of another type or unreadable
     */
    GitCredential git(String id) throws CredentialException;

    /**
     * {@return a secret text}
     *
     * @param id from deploy.toml; never null
     * @throws CredentialException when there is none, or it is of another type or unreadable
     */
    Secret secret(String id) throws CredentialException;

    /**
     * {@return what there is under an id: one of the wanted types when there is one, else one of any type; empty when
     * the host has nothing of that id} Nobody is asked for a passphrase. A host that keeps nothing but secret texts need
     * not implement it.
     *
     * @param id from deploy.toml; never null
     * @param wanted types to be preferred; empty for any
     * @throws CredentialException when there is one that cannot be read now
     */
    default Optional<Credential> find(String id, Set<Credential.Type> wanted) throws CredentialException {
        Set<Credential.Type> text = Set.of(Credential.Type.TEXT);
        return Optional.of(new Credential(id, Credential.Type.TEXT.words(), text, List.of(secret(id)), null));
    }
}
