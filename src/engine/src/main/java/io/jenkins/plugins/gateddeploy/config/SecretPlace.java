package io.jenkins.plugins.gateddeploy.config;

import java.util.Objects;

/** Where a secret is that a file must not hold itself. */
public sealed interface SecretPlace {

    /** An environment variable of the process. */
    record Variable(String name) implements SecretPlace {
        public Variable {
            Objects.requireNonNull(name, "name");
        }
    }

    /** One of the host's credentials. */
    record Credential(String id) implements SecretPlace {
        public Credential {
            Objects.requireNonNull(id, "id");
        }
    }
}
