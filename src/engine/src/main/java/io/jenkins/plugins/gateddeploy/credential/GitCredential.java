package io.jenkins.plugins.gateddeploy.credential;

import java.io.Serializable;
import java.util.Objects;

/** How to read a git repository. */
public sealed interface GitCredential extends Serializable {

    /**
     * For http and https.
     *
     * @param user never null; may be empty for tokens
     * @param password a password or token; never null
     */
    record UserPassword(String user, Secret password) implements GitCredential {
        public UserPassword {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }
    }

    /** For ssh. */
    record Ssh(SshCredential credential) implements GitCredential {
        public Ssh {
            Objects.requireNonNull(credential, "credential");
        }
    }
}
