package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Values that are counted up, and formats. */
final class ValueRules {
    private static final int MOST_SHOWN = 5;
    private static final int LONGEST_SHOWN = 40;

    /** Formats all of whose values another has too. */
    private static final Map<String, Set<String>> WITHIN = Map.of(
            "int8", Set.of("int16", "int32", "int64"),
            "int16", Set.of("int32", "int64"),
            "int32", Set.of("int64"),
            "float", Set.of("double"),
            "uri", Set.of("uri-reference", "iri", "iri-reference", "url"),
            "url", Set.of("uri", "uri-reference", "iri", "iri-reference"),
            "email", Set.of("idn-email"),
            "hostname", Set.of("idn-hostname"));

    private ValueRules() {}

    static void look(Pair pair, Types common, Place place, Visit visit) {
        values(pair, place, visit);
        if (common.meets(Types.STRING) || common.meets(Types.NUMBER)) {
            formats(pair, place, visit);
        }
    }

    private static void values(Pair pair, Place place, Visit visit) {
        Optional<Set<String>> wide = pair.wide().values();
        if (wide.isEmpty()) {
            return;
        }
        Optional<Set<String>> narrow = pair.narrow().values();
        if (narrow.isEmpty()) {
            if (pair.isSent()) {
                visit.breaks(Mend.ACCEPT, place, "now has to be one of " + shown(wide.get()));
            } else {
                visit.worries(Mend.LOOK, place, "may now have other values than " + shown(wide.get()));
            }
            return;
        }
        Set<String> lost = new LinkedHashSet<>(narrow.get());
        lost.removeAll(wide.get());
        if (lost.isEmpty()) {
            return;
        }
        if (pair.isSent()) {
            visit.breaks(Mend.ACCEPT, place, "may no longer be " + shown(lost));
        } else {
            // Readers of a growing list are expected to bear a new value.
            visit.worries(Mend.LOOK, place, "may now be " + shown(lost));
        }
    }

    private static void formats(Pair pair, Place place, Visit visit) {
        Optional<String> wide = pair.wide().first("format").text();
        if (wide.isEmpty()) {
            return;
        }
        Optional<String> narrow = pair.narrow().first("format").text();
        if (narrow.isEmpty()) {
            // Most often somebody has written down what was so all along.
            visit.worries(
                    Mend.LOOK,
                    place,
                    pair.isSent()
                            ? "now has the format " + quoted(wide.get())
                            : "no longer has the format " + quoted(wide.get()));
        } else if (!narrow.equals(wide)
                && !WITHIN.getOrDefault(narrow.get(), Set.of()).contains(wide.get())) {
            String change = "has changed its format from "
                    + quoted(pair.old().first("format").text().orElse("")) + " to "
                    + quoted(pair.now().first("format").text().orElse(""));
            visit.breaks(pair.isSent() ? Mend.ACCEPT : Mend.ANSWER, place, change);
        }
    }

    private static String shown(Collection<String> forms) {
        String first = forms.stream()
                .limit(MOST_SHOWN)
                .map(form -> quoted(form.substring(form.indexOf(' ') + 1)))
                .collect(Collectors.joining(", "));
        return forms.size() > MOST_SHOWN ? first + " and " + (forms.size() - MOST_SHOWN) + " more" : first;
    }

    private static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return "\"" + (line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line) + "\"";
    }
}
