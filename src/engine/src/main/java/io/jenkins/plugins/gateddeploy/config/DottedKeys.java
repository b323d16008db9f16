package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import org.tomlj.Toml;

/** Keys of another file, written as one text with dots: {@code auth.redirect_urls}. */
public final class DottedKeys {
    /** Longer ones are no keys that a person wrote. */
    public static final int LONGEST = 1000;

    /** A key in its one form: quoted only where TOML needs that. */
    static final Shape<String> KEY =
            new Text<>("a key, with dots where it is in a table, such as \"auth.redirect_urls\"", DottedKeys::normal);

    private DottedKeys() {}

    /** {@return whether the key is this one or below it} */
    public static boolean covers(String key, String other) {
        return other.startsWith(key) && (other.length() == key.length() || other.charAt(key.length()) == '.');
    }

    /** {@return the one form of a key} */
    static String normal(String text) throws Text.Unfit {
        if (text.length() > LONGEST) {
            throw new Text.Unfit("is longer than " + LONGEST + " characters");
        }
        List<String> parts;
        try {
            parts = Toml.parseDottedKey(text);
        } catch (IllegalArgumentException e) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        if (parts.isEmpty()) {
            throw new Text.Unfit("is empty");
        }
        return Toml.joinKeyPath(parts);
    }
}
