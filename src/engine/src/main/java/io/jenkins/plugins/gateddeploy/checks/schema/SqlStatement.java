package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One statement of a script.
 *
 * @param tokens the first of them when there are very many
 * @param line where it begins, from 1
 * @param whole whether these tokens are all of it
 * @param broken what is wrong with it, such as a string without an end; empty when nothing is
 */
record SqlStatement(List<SqlToken> tokens, int line, boolean whole, String broken) {
    SqlStatement {
        tokens = List.copyOf(tokens);
    }

    /** {@return it as a parser should see it, without comments and without what strings hold} */
    String text() {
        StringBuilder text = new StringBuilder();
        for (SqlToken token : tokens) {
            text.append(token.spaced() && !text.isEmpty() ? " " : "").append(token.plain());
        }
        return text.toString();
    }

    /** {@return whether it begins with these words} */
    boolean begins(String... words) {
        return at(0, words);
    }

    /** {@return whether these words stand at a place} */
    boolean at(int index, String... words) {
        if (index < 0 || index + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether these words are its last} */
    boolean ends(String... words) {
        return at(tokens.size() - words.length, words);
    }

    /** {@return whether these words stand anywhere in it} */
    boolean contains(String... words) {
        for (int i = 0; i + words.length <= tokens.size(); i++) {
            if (at(i, words)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the index behind these words when they stand there, else the same index} */
    int skip(int index, String... words) {
        return at(index, words) ? index + words.length : index;
    }

    /** {@return the word at a place; empty behind the end} */
    String word(int index) {
        return index < tokens.size() ? tokens.get(index).text() : "";
    }

    /** {@return the name of a table that stands at a place, in the form of {@link #normal}} */
    String table(int index) {
        List<String> parts = new ArrayList<>();
        for (int i = index; i < tokens.size() && tokens.get(i).isName(); i += 2) {
            parts.add(tokens.get(i).text());
            if (i + 1 >= tokens.size() || !tokens.get(i + 1).is(".")) {
                break;
            }
        }
        return normal(String.join(".", parts));
    }

    /** {@return the name in the one form in which names are compared: no quotes, lower case, no {@code public.}} */
    static String normal(String name) {
        String plain = name.replace("\"", "").replace("`", "").toLowerCase(Locale.ROOT);
        return plain.startsWith("public.") ? plain.substring("public.".length()) : plain;
    }

    /** {@return its first words, for people; never anything of a string} */
    String beginning() {
        StringBuilder shown = new StringBuilder();
        for (SqlToken token : tokens.subList(0, Math.min(5, tokens.size()))) {
            if (token.kind() == SqlToken.Kind.LITERAL) {
                break;
            }
            shown.append(shown.isEmpty() ? "" : " ").append(token.text());
        }
        return Words.clip(shown.toString());
    }
}
