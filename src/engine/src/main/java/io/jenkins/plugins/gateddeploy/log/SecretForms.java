package io.jenkins.plugins.gateddeploy.log;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The forms in which a secret turns up in a log: programs quote and encode what they print. */
final class SecretForms {
    /** In characters; a form that is shorter would match by chance all over a log. */
    static final int SHORTEST = 3;

    /** In characters, without the white space around it, for one line of several. */
    private static final int SHORTEST_LINE = 4;

    /** In characters, for what is left of Base64 when the ends that depend on its neighbours are gone. */
    private static final int SHORTEST_BASE64 = 8;

    private SecretForms() {}

    /** {@return every form that is looked for; none of a secret that is too short} */
    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        addEncodings(forms, secret);
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(line -> {
                    if (!line.equals(secret)) {
                        addEncodings(forms, line);
                    }
                });
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    private static void addEncodings(Set<String> forms, String secret) {
        if (secret.length() < SHORTEST) {
            return;
        }
        forms.add(secret);
        forms.add(PlainText.of(secret));
        addUrl(forms, secret);
        addShell(forms, secret);
        addJson(forms, secret);
        forms.add(secret.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        addBase64(forms, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 3986 percent-encoding, and the one of HTML forms, with upper and lower case digits. */
    private static void addUrl(Set<String> forms, String secret) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20").replace("%7E", "~");
        for (String encoded : new String[] {form, path, path.replace("*", "%2A")}) {
            forms.add(encoded);
            forms.add(lowerCaseDigits(encoded));
        }
    }

    private static String lowerCaseDigits(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + 1)) {
            lower.replace(i + 1, i + 3, encoded.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    /** Inside single quotes (as {@code set -x} prints it), inside double quotes, and with a backslash each. */
    private static void addShell(Set<String> forms, String secret) {
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replace("'", "'\"'\"'"));
        forms.add(secret.replaceAll("([\\\\\"$`])", "\\\\$1"));
        forms.add(secret.replaceAll("([^A-Za-z0-9_@%+=:,./~^-])", "\\\\$1"));
    }

    /** RFC 8259, section 7: with and without the escapes that are a matter of taste. */
    private static void addJson(Set<String> forms, String secret) {
        String plain = json(secret, false);
        forms.add(plain);
        forms.add(plain.replace("/", "\\/"));
        String ascii = json(secret, true);
        forms.add(ascii);
        forms.add(ascii.replace("/", "\\/"));
    }

    private static String json(String secret, boolean ascii) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** RFC 4648, both alphabets, wherever the secret begins among the three bytes of a group ({@code user:secret}). */
    private static void addBase64(Set<String> forms, byte[] secret) {
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            forms.add(encoder.encodeToString(secret));
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + secret.length];
                System.arraycopy(secret, 0, shifted, before, secret.length);
                String encoded = encoder.withoutPadding().encodeToString(shifted);
                // The characters that hold bits of the bytes before, and the one that holds bits of those after.
                int from = before == 0 ? 0 : before + 1;
                int to = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
                if (to - from >= SHORTEST_BASE64) {
                    forms.add(encoded.substring(from, to));
                }
            }
        }
    }
}
