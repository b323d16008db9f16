package io.jenkins.plugins.gateddeploy.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Documents in the shape of public ones, each with one change: every one that breaks clients is found, and no other. */
class OpenApiCorpusTest {
    private static final int RESOURCES = 4;

    private final List<String> missed = new ArrayList<>();
    private final List<String> alarmed = new ArrayList<>();
    private int found;
    private int passed;

    @Test
    void findsEveryChangeThatBreaksClientsAndNoOther() throws Exception {
        run("GitHub's shape", LargeApi.github(RESOURCES, 1), GithubMutations::of);
        run("Stripe's shape", LargeApi.stripe(RESOURCES, 1), StripeMutations::of);

        assertThat(missed).as("not found: recall below 1").isEmpty();
        assertThat(alarmed).as("false alarms: precision below 1").isEmpty();
        // As the documentation says.
        assertThat(found).isEqualTo(138);
        assertThat(passed).isEqualTo(104);
    }

    private void run(String shape, ObjectNode document, IntFunction<List<Mutation>> mutations) throws Exception {
        byte[] before = LargeApi.bytes(document);
        for (int place : List.of(0, RESOURCES - 1)) {
            for (Mutation mutation : mutations.apply(place)) {
                ObjectNode changed = document.deepCopy();
                mutation.change().accept(changed);
                List<Problem> errors = errors(before, LargeApi.bytes(changed));
                String name = shape + ", " + mutation + ", at " + place;
                if (mutation.breaks()) {
                    found++;
                    if (errors.isEmpty()) {
                        missed.add(name);
                    }
                } else {
                    passed++;
                    errors.forEach(error -> alarmed.add(name + ": " + error.oneLine()));
                }
            }
        }
    }

    @Test
    void doesNotMindAnotherFormat() throws Exception {
        for (ObjectNode document : List.of(LargeApi.github(RESOURCES, 2), LargeApi.stripe(RESOURCES, 2))) {
            byte[] json = LargeApi.bytes(document);
            String yaml = new ObjectMapper(new YAMLFactory()).writeValueAsString(document);
            String commented = yaml.replaceAll("(?m)^(\\s*)(get|post|properties):", "$1# what follows is new\n$1$2:")
                    .replace("\"200\":", "200:")
                    .replace("type: \"string\"", "type: string");
            byte[] compact = new ObjectMapper().writeValueAsBytes(document);

            assertThat(compare("api.json", json, compact)).isEmpty();
            assertThat(compare(
                            "api.yaml",
                            yaml.getBytes(StandardCharsets.UTF_8),
                            commented.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            assertThat(compare("api", json, yaml.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            assertThat(compare("api", ("\n# first\n" + yaml).getBytes(StandardCharsets.UTF_8), json))
                    .isEmpty();
        }
    }

    private static List<Problem> errors(byte[] before, byte[] after) throws Exception {
        return compare("api.json", before, after).stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    private static List<Problem> compare(String file, byte[] before, byte[] after) throws Exception {
        return new ApiCheck(file, GivenFiles.of("v2", file, after), () -> List.of(GivenFiles.of("v1", file, before)))
                .find();
    }
}
