package io.jenkins.plugins.gateddeploy.checks.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A judgement as SARIF, which code scanning and Jenkins' warnings-ng read.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String HOME = "https://plugins.jenkins.io/gated-deploy/";
    /** Readers pass over a result without a place; what is of no file is of the environment that this one describes. */
    private static final Location NO_PLACE = new Location("deploy.toml", 1, 0);

    private Sarif() {}

    /** {@return the document} */
    public static String of(Judgement judgement) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "Gated Deploy");
        driver.put("informationUri", HOME);
        driver.put(
                "rules",
                judgement.problems().stream()
                        .map(Problem::id)
                        .distinct()
                        .map(id -> Map.of("id", id))
                        .toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put(
                "results",
                judgement.problems().stream().map(p -> result(judgement, p)).toList());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", SCHEMA);
        document.put("version", "2.1.0");
        document.put("runs", List.of(run));
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException("A document made here cannot be written", e);
        }
    }

    private static Map<String, Object> result(Judgement judgement, Problem problem) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", problem.id());
        result.put("level", problem.severity() == Severity.ERROR ? "error" : "warning");
        result.put(
                "message", Map.of("text", problem.message() + (problem.mend().isEmpty() ? "" : " " + problem.mend())));
        result.put(
                "locations",
                List.of(Map.of("physicalLocation", place(problem.where().orElse(NO_PLACE)))));
        if (judgement.isForced(problem)) {
            // Section 3.35: a result that somebody decided to live with.
            Map<String, Object> suppression = new LinkedHashMap<>();
            suppression.put("kind", "external");
            suppression.put("justification", judgement.forced().reason());
            result.put("suppressions", List.of(suppression));
        }
        return result;
    }

    private static Map<String, Object> place(Location location) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("artifactLocation", Map.of("uri", location.file()));
        if (location.line() > 0) {
            Map<String, Object> region = new LinkedHashMap<>();
            region.put("startLine", location.line());
            if (location.column() > 0) {
                region.put("startColumn", location.column());
            }
            place.put("region", region);
        }
        return place;
    }
}
