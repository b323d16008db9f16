package io.jenkins.plugins.gateddeploy.jenkins.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lines of a form, and what they mean.
 *
 * @param values of those lines that can be read
 * @param unreadable what is wrong with the others, a sentence each
 */
record Written<T>(List<T> values, List<String> unreadable) {

    /**
     * {@return what lines mean}
     *
     * @param reader throws an {@link IllegalArgumentException} that says what is wrong with a line
     */
    static <T> Written<T> of(List<String> lines, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (String line : lines) {
            try {
                values.add(reader.apply(line));
            } catch (IllegalArgumentException e) {
                unreadable.add(e.getMessage());
            }
        }
        return new Written<>(values, unreadable);
    }
}
