package io.jenkins.plugins.gateddeploy.credential;

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
}
