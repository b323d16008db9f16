package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;

/**
 * Tells a program by an HTTP POST of JSON. Its address is taken for a secret, as many of them have a token in them: no
 * message names it. A redirect is not followed: it would take the notice to somebody whom nobody configured.
 */
public final class Webhook implements Channel {
    /** In its value, {@code sha256=} and the HMAC-SHA256 of the body in lower-case hexadecimal. */
    static final String SIGNATURE = "X-Gated-Deploy-Signature";

    /** The notice's key, the same for every attempt. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ANSWERING = Duration.ofSeconds(20);

    /** Request Timeout, Too Early and Too Many Requests (RFC 9110, 8470, 6585): it may go better later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final Address address;
    private final JsonTemplate template;
    private final HttpClient client;

    /** Where the address comes from. Asked for each notice, so that a new token is in force at once. */
    public interface Address {
        /**
         * {@return the address}
         *
         * @throws Undelivered when it cannot be had
         */
        Secret url() throws Undelivered;

        /**
         * {@return with what the body is signed; empty to sign nothing}
         *
         * @throws Undelivered when it cannot be had
         */
        Optional<Secret> signingKey() throws Undelivered;
    }

    /** @param client with the host's proxy, if it has one; timeouts and redirects are set here */
    public Webhook(Address address, JsonTemplate template, HttpClient.Builder client) {
        this.address = Objects.requireNonNull(address, "address");
        this.template = Objects.requireNonNull(template, "template");
        this.client = client.connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void deliver(Notice notice) throws Undelivered, InterruptedException {
        HttpRequest request = request(notice);
        // The timeout ends with the headers of the answer; its body is of no interest, and not waited for.
        try (InputStream body = send(request).body()) {
            assert body != null;
        } catch (IOException e) {
            // The answer was there: it was taken.
            assert e != null;
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws Undelivered, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw Undelivered.later(words(e));
        }
        int status = response.statusCode();
        if (status / 100 == 2) {
            return response;
        }
        close(response);
        String answer = "its server answered with status " + status;
        throw status / 100 == 3 || (status / 100 == 4 && !PASSING.contains(status))
                ? Undelivered.forGood(answer)
                : Undelivered.later(answer);
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // Nothing of it is wanted.
            assert e != null;
        }
    }

    private HttpRequest request(Notice notice) throws Undelivered {
        byte[] body = template.fill(notice).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = builder(address.url())
                .timeout(ANSWERING)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Gated-Deploy")
                .header(IDEMPOTENCY_KEY, ascii(notice.key().toString()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        address.signingKey().ifPresent(key -> request.header(SIGNATURE, "sha256=" + hmac(key, body)));
        return request.build();
    }

    private static HttpRequest.Builder builder(Secret url) throws Undelivered {
        try {
            return HttpRequest.newBuilder(new URI(url.reveal().strip()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            // What it says quotes the address. Somebody may mend it meanwhile.
            throw Undelivered.later("its address is no http or https URL");
        }
    }

    /** {@return the HMAC (RFC 2104) with SHA-256, in hexadecimal} */
    static String hmac(Secret key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256, which every Java has, cannot be had", e);
        }
    }

    /** What else a header's value may hold is not the same for every server. */
    private static String ascii(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "_");
    }

    /** The exceptions' own messages may hold the address. */
    private static String words(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return "the name of its server is not known";
            }
            if (t instanceof HttpTimeoutException) {
                return "its server did not answer in time";
            }
            if (t instanceof SSLException) {
                return "no TLS connection to its server came about";
            }
        }
        return e instanceof ConnectException
                ? "its server could not be reached"
                : "the connection to its server broke (" + e.getClass().getSimpleName() + ")";
    }
}
