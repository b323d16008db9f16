package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code [mail]} of a notify.toml: by which server, and to whom.
 *
 * @param host name or address of the SMTP server
 * @param port its port
 * @param tls how the connection is kept from others
 * @param from the sender's address
 * @param to who reads everything
 * @param people addresses of people by their user ids: who is asked by name gets it, too
 * @param user as whom to log in to the server; empty to log in as nobody
 * @param password where that user's password is
 */
public record MailSettings(
        String host,
        int port,
        Tls tls,
        String from,
        List<String> to,
        Map<String, String> people,
        Optional<String> user,
        Optional<SecretPlace> password) {

    /** How a connection is kept from others. */
    public enum Tls {
        /** Plain at first, and TLS before anything is said (RFC 3207); refused by a server that cannot. */
        STARTTLS,
        /** TLS from the first byte (RFC 8314). */
        TLS,
        /** Not at all. */
        NONE
    }

    public MailSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        to = List.copyOf(to);
        people = Map.copyOf(people);
    }
}
