package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.log.Masking;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/** Shows values of configuration files in messages, as TOML has them, without what might be a secret. */
final class Veil {
    static final String HIDDEN = "****";

    private static final int LONGEST = 120;
    private static final int MOST_ITEMS = 10;

    /** A name with one of these words in it is the name of a secret. */
    private static final List<String> SECRET_WORDS = List.of(
            "secret",
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "token",
            "apikey",
            "private",
            "credential",
            "signing",
            "salt",
            "bearer");

    /** User and password before a host (RFC 3986, section 3.2.1). */
    private static final Pattern USER_INFO = Pattern.compile("://[^/?#@\\s]{1,500}@");

    private final Masking masking;

    /** @param secrets known ones, which are shown nowhere */
    Veil(Collection<Secret> secrets) {
        masking = new Masking(secrets);
    }

    /** {@return whether a variable or key of that name usually holds a secret} */
    static boolean isSecretName(String name) {
        String last = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
        boolean ofKeys = last.endsWith("key") && !last.endsWith("publickey") && !last.endsWith("publishablekey");
        return ofKeys || SECRET_WORDS.stream().anyMatch(last::contains);
    }

    /** {@return the value of that key as a message shows it} */
    String show(String key, Object value) {
        return isSecretName(key) ? HIDDEN : clip(show(value));
    }

    private String show(Object value) {
        if (value instanceof String text) {
            String clipped = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
            // Masked whole before it is cut, or the rest of a secret would be left.
            String masked = masking.mask(text);
            String shown = masked.equals(text) ? clipped : masked;
            return "\"" + Toml.tomlEscape(USER_INFO.matcher(shown).replaceAll("://" + HIDDEN + "@")) + "\"";
        }
        if (value instanceof List<?> items) {
            String first = items.stream().limit(MOST_ITEMS).map(this::show).collect(Collectors.joining(", "));
            return "[" + first + (items.size() > MOST_ITEMS ? ", …" : "") + "]";
        }
        if (value instanceof Map<?, ?> table) {
            return table.entrySet().stream()
                    .limit(MOST_ITEMS)
                    .map(e -> e.getKey() + " = " + show(String.valueOf(e.getKey()), e.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        return masking.mask(String.valueOf(value));
    }

    private static String clip(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
