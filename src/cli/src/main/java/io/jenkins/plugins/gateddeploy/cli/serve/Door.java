package io.jenkins.plugins.gateddeploy.cli.serve;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who may come in. Everybody with an account on this machine can connect to loopback, and every web page in the person's
 * browser can send requests here: so the one who started the command proves it with a token that is printed once and
 * works once, and has a cookie from then on; a request by any other name than loopback's is turned away (an address that
 * somebody else's name was made to point at), and a change needs a crumb that only our own pages know.
 */
final class Door {
    /** The header of a request that changes something. */
    static final String CRUMB_HEADER = "Gated-Deploy-Crumb";

    private final int port;
    private final AtomicReference<String> token = new AtomicReference<>(random());
    private final String session = random();
    private final String crumb = random();

    Door(int port) {
        this.port = port;
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** {@return what lets in the first who brings it} */
    String token() {
        return Optional.ofNullable(token.get()).orElse("");
    }

    /** {@return what a change must bring in {@link #CRUMB_HEADER}} */
    String crumb() {
        return crumb;
    }

    /** {@return the value of a {@code Set-Cookie} for the right token, which is then used up; empty for any other} */
    Optional<String> exchange(String brought) {
        String expected = token.get();
        boolean opens = expected != null && same(expected, brought) && token.compareAndSet(expected, null);
        return opens
                ? Optional.of(cookieName() + "=" + session + "; Path=/; HttpOnly; SameSite=Strict")
                : Optional.empty();
    }

    /** Browsers give cookies to every port of a machine, so each command has a name of its own. */
    private String cookieName() {
        return "gated-deploy-" + port;
    }

    /** {@return whether the request names this server as only somebody on this machine would} */
    boolean isAddressedHere(Headers headers) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        return hosts.size() == 1
                && Set.of("127.0.0.1:" + port, "localhost:" + port)
                        .contains(hosts.get(0).toLowerCase(Locale.ROOT));
    }

    /** {@return whether the request has the cookie} */
    boolean isKnown(Headers headers) {
        String prefix = cookieName() + "=";
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(prefix))
                .anyMatch(cookie -> same(session, cookie.substring(prefix.length())));
    }

    /** {@return whether one of our own pages asks for a change} */
    boolean isOurs(Headers headers) {
        String site = Optional.ofNullable(headers.getFirst("Sec-Fetch-Site")).orElse("same-origin");
        String brought = Optional.ofNullable(headers.getFirst(CRUMB_HEADER)).orElse("");
        return site.equals("same-origin") && same(crumb, brought);
    }

    /** Takes the same time wherever they differ. */
    private static boolean same(String expected, String brought) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), brought.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "door of port " + port;
    }
}
