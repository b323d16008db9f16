package io.jenkins.plugins.gateddeploy.checks.development;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The levels that the rules of one SARIF file give to results without one. */
final class SarifRules {
    /** No tool has so many. */
    private static final int MOST = 200_000;

    private final List<List<String>> byIndex = new ArrayList<>();
    private final List<Map<String, String>> byId = new ArrayList<>();
    private int count;

    private SarifRules() {}

    /** @throws SafeXml.Unfit when it is no SARIF */
    static SarifRules read(InputStream in) throws SafeXml.Unfit, IOException, InterruptedException {
        SarifRules rules = new SarifRules();
        SarifReport.walk(
                in,
                parser -> JsonFields.each(parser, (name, value) -> {
                    if (name.equals("runs")) {
                        JsonFields.items(value, rules::run);
                    }
                }));
        return rules;
    }

    /** {@return the level of a rule; empty when nobody says} */
    String level(int run, String id, int index) {
        if (run >= byId.size()) {
            return "";
        }
        List<String> levels = byIndex.get(run);
        if (index >= 0 && index < levels.size()) {
            return levels.get(index);
        }
        // "CA1000/1" is a result of the rule "CA1000" (3.27.5).
        String known = byId.get(run).get(id);
        int slash = id.lastIndexOf('/');
        return known == null && slash > 0
                ? byId.get(run).getOrDefault(id.substring(0, slash), "")
                : known == null ? "" : known;
    }

    private void run(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
        byIndex.add(new ArrayList<>());
        byId.add(new HashMap<>());
        JsonFields.each(parser, (name, tool) -> {
            if (name.equals("tool")) {
                JsonFields.each(tool, (part, driver) -> {
                    if (part.equals("driver")) {
                        driver(driver);
                    }
                });
            }
        });
    }

    private void driver(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
        JsonFields.each(parser, (name, rules) -> {
            if (name.equals("rules")) {
                JsonFields.items(rules, this::rule);
            }
        });
    }

    private void rule(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
        if (++count > MOST) {
            throw new SafeXml.Unfit("it has more than " + MOST + " rules");
        }
        String[] rule = {"", ""};
        JsonFields.each(parser, (name, value) -> {
            if (name.equals("id")) {
                rule[0] = JsonFields.text(value);
            } else if (name.equals("defaultConfiguration")) {
                JsonFields.each(
                        value, (key, level) -> rule[1] = key.equals("level") ? JsonFields.text(level) : rule[1]);
            }
        });
        byIndex.get(byIndex.size() - 1).add(rule[1]);
        byId.get(byId.size() - 1).put(rule[0], rule[1]);
    }
}
