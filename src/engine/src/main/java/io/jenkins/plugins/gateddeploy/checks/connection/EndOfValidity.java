package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.io.ByteArrayInputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Until when a credential can be used: as its host knows, or as certificates say that are kept in it. Of several, the
 * end that comes first.
 */
final class EndOfValidity {
    private static final Pattern X509 =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]{1,100000}-----END CERTIFICATE-----");

    /** OpenSSH's PROTOCOL.certkeys: how many strings stand between the nonce and the serial number, by type. */
    private static final Map<String, Integer> KEY_PARTS = Map.of(
            "ssh-rsa-cert-v01@openssh.com", 2,
            "ssh-ed25519-cert-v01@openssh.com", 1,
            "ecdsa-sha2-nistp256-cert-v01@openssh.com", 2,
            "ecdsa-sha2-nistp384-cert-v01@openssh.com", 2,
            "ecdsa-sha2-nistp521-cert-v01@openssh.com", 2,
            "sk-ssh-ed25519-cert-v01@openssh.com", 2,
            "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", 3);

    private static final Pattern SSH =
            Pattern.compile("(?m)^([a-z0-9-]{1,40}-cert-v01@openssh\\.com) ([A-Za-z0-9+/=]{1,100000})(?: |$|\\r)");

    private EndOfValidity() {}

    /** {@return when it ends; empty when nothing says so} */
    static Optional<Instant> of(Credential credential) {
        List<Instant> ends = new ArrayList<>();
        credential.end().ifPresent(ends::add);
        for (Secret secret : credential.secrets()) {
            Stream.concat(x509(secret.reveal()), ssh(secret.reveal())).forEach(ends::add);
        }
        return ends.stream().min(Instant::compareTo);
    }

    /** {@return the end of the first one: those after it are its authorities, or a collection of them} */
    private static Stream<Instant> x509(String text) {
        Matcher certificate = X509.matcher(text);
        if (!certificate.find()) {
            return Stream.empty();
        }
        byte[] pem = certificate.group().getBytes(StandardCharsets.US_ASCII);
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem))
                            instanceof X509Certificate found
                    ? Stream.of(found.getNotAfter().toInstant())
                    : Stream.empty();
        } catch (CertificateException e) {
            // What only looks like a certificate has no end.
            return Stream.empty();
        }
    }

    private static Stream<Instant> ssh(String text) {
        List<Instant> ends = new ArrayList<>();
        Matcher certificates = SSH.matcher(text);
        while (certificates.find()) {
            sshEnd(certificates.group(1), certificates.group(2)).ifPresent(ends::add);
        }
        return ends.stream();
    }

    private static Optional<Instant> sshEnd(String type, String base64) {
        Integer keyParts = KEY_PARTS.get(type);
        if (keyParts == null) {
            return Optional.empty();
        }
        try {
            ByteBuffer wire = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            skipStrings(wire, 2 + keyParts); // the type, the nonce, the key
            wire.getLong(); // the serial number
            wire.getInt(); // for a user or a host
            skipStrings(wire, 2); // its name, the principals
            wire.getLong(); // valid after
            long end = wire.getLong();
            // All ones, or anything beyond what a time can be, means for ever.
            return end < 0 || end > 253_402_300_799L ? Optional.empty() : Optional.of(Instant.ofEpochSecond(end));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static void skipStrings(ByteBuffer wire, int count) {
        for (int i = 0; i < count; i++) {
            int length = wire.getInt();
            if (length < 0 || length > wire.remaining()) {
                throw new BufferUnderflowException();
            }
            wire.position(wire.position() + length);
        }
    }
}
