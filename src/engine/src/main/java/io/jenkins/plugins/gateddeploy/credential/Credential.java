package io.jenkins.plugins.gateddeploy.credential;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a host has under an id, whatever its type.
 *
 * @param id as asked for; never null
 * @param description what it is, for people, such as {@code a secret text}
 * @param types what it can be used as; empty when the engine has no use for its type
 * @param secrets what in it nobody may see: the text, the file's content, the password, private keys; never null
 * @param until when it ends, as far as the host knows; null when it knows no end
 */
public record Credential(String id, String description, Set<Type> types, List<Secret> secrets, Instant until) {
    public Credential {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(description, "description");
        types = Set.copyOf(types);
        secrets = List.copyOf(secrets);
    }

    /** {@return when it ends, as far as the host knows} */
    public Optional<Instant> end() {
        return Optional.ofNullable(until);
    }

    /** What a credential can be used as. */
    public enum Type {
        /** One secret text. */
        TEXT("a secret text"),
        /** A file whose content is secret. */
        FILE("a secret file"),
        /** A user name with a password. */
        LOGIN("a user name with password"),
        /** A private key for SSH. */
        SSH_KEY("an SSH key"),
        /** A certificate with its private key. */
        CERTIFICATE("a certificate");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** {@return what it is, as a message says it} */
        public String words() {
            return words;
        }
    }
}
