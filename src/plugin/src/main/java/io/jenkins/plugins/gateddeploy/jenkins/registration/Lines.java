package io.jenkins.plugins.gateddeploy.jenkins.registration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Lists of names as people type them into one field of a form, and as configuration as code has them. */
final class Lines {
    private Lines() {}

    /**
     * {@return the names, each once, in their order}
     *
     * @param texts names, or whole fields in which line ends and commas stand between names; may be null
     */
    static List<String> names(Collection<String> texts) {
        Stream<String> all = texts == null ? Stream.empty() : texts.stream();
        // An ordinary list: what XStream writes of an unmodifiable one cannot be read by people.
        return new ArrayList<>(all.flatMap(text -> Stream.of(text.split("[,\r\n]+", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
    }

    /** {@return the names in one field} */
    static List<String> names(String field) {
        return names(field == null ? null : List.of(field));
    }

    /**
     * {@return lines, in their order, without those that are blank}
     *
     * @param texts lines, or whole fields with several; may be null
     */
    static List<String> whole(Collection<String> texts) {
        Stream<String> all = texts == null ? Stream.empty() : texts.stream();
        return new ArrayList<>(all.flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }

    /** {@return what a form shows} */
    static String field(Collection<String> names) {
        return names == null ? "" : String.join("\n", names);
    }
}
