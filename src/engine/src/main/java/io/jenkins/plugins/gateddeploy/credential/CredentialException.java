package io.jenkins.plugins.gateddeploy.credential;

/** A credential is not there, has the wrong type or cannot be read. The message says which id, where, and what to do. */
public final class CredentialException extends Exception {
    private static final long serialVersionUID = 1;

    public CredentialException(String message) {
        super(message);
    }

    public CredentialException(String message, Throwable cause) {
        super(message, cause);
    }
}
