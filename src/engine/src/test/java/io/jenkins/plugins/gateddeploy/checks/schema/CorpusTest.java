package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Precision and recall over statements in the shapes that migrations have, each also in other spellings. */
class CorpusTest {
    private static final Map<String, Set<String>> VERDICTS =
            Map.of("loss", Set.of("schema.data-loss"), "unsafe", Set.of("schema.unsafe"), "fine", Set.of());

    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            sql -> sql,
            sql -> "-- DROP TABLE a comment\n" + sql,
            sql -> sql.startsWith("\\") ? sql : "  /* first */ \n\t" + sql.replace(" ", " /* ; */\n "),
            sql -> sql.startsWith("\\") ? sql : "SELECT 1;\n" + sql + ";\n\n-- end");

    record Case(String verdict, String sql) {}

    static List<Case> cases(Dialect dialect) throws IOException {
        String name = dialect.name().toLowerCase(java.util.Locale.ROOT) + ".txt";
        try (InputStream in = CorpusTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> new Case(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void findsEveryStatementThatMattersAndNoOther(Dialect dialect) throws Exception {
        List<String> wrong = new ArrayList<>();
        int found = 0;
        int missed = 0;
        int alarms = 0;
        for (Case each : cases(dialect)) {
            for (int i = 0; i < SPELLINGS.size(); i++) {
                // White space within a string is a part of it.
                if (i == 2
                        && (each.sql().contains("'")
                                || each.sql().contains("\"")
                                || each.sql().contains("/*"))) {
                    continue;
                }
                Set<String> ids =
                        ids(Deployments.ofMigration(dialect, SPELLINGS.get(i).apply(each.sql())));
                boolean right = ids.equals(VERDICTS.get(each.verdict()));
                if (!right) {
                    wrong.add(each + " spelling " + i + ": " + ids);
                }
                if (!each.verdict().equals("fine")) {
                    found += right ? 1 : 0;
                    missed += right ? 0 : 1;
                } else {
                    alarms += right ? 0 : 1;
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(precision(found, alarms)).isEqualTo(1.0);
        assertThat(recall(found, missed)).isEqualTo(1.0);
        assertThat(found).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "json-schema"})
    void doesNotMindHowADocumentIsWritten(String format) {
        String text = format.equals("models") ? ModelsTest.SHOP : JsonSchemaTest.CUSTOMER;

        assertThat(Deployments.ofDocument(text, text.replaceAll("\\s*\n\\s*", " ")))
                .isEmpty();
        assertThat(Deployments.ofDocument(text.replace("\n", "\r\n"), "\n\n" + text.replace(": ", "  :\t")))
                .isEmpty();
    }

    private static Set<String> ids(List<Problem> problems) {
        Set<String> ids = new TreeSet<>();
        problems.forEach(p -> ids.add(p.id()));
        return ids;
    }

    private static double precision(int found, int alarms) {
        return (double) found / (found + alarms);
    }

    private static double recall(int found, int missed) {
        return (double) found / (found + missed);
    }
}
