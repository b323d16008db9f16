package io.jenkins.plugins.gateddeploy.checks.schema;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Document;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Format;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Migrations;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that nobody meant well with: always problems with a message, never a hang or another exception. */
class HostileSchemaTest {
    private static final String FILE = "s";

    private static List<Problem> document(Format format, byte[] before, byte[] coming) {
        return Deployments.find(new Document(FILE, Optional.of(format)), files(FILE, before), files(FILE, coming));
    }

    private static List<Problem> migration(Dialect dialect, byte[] pending) {
        return Deployments.find(
                new Migrations("m", dialect),
                files("m/1.sql", new byte[0]),
                new InMemory("v", new TreeMap<>(Map.of("m/1.sql", new byte[0], "m/2.sql", pending))));
    }

    private static Files files(String path, byte[] content) {
        return new InMemory("v", new TreeMap<>(Map.of(path, content)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void haveMessages(List<Problem> problems) {
        assertThat(problems).allSatisfy(p -> {
            assertThat(p.message()).isNotBlank();
            assertThat(p.oneLine()).hasSizeLessThan(2000).doesNotContain("\n", "\u0000");
        });
    }

    @Property(tries = 200)
    void anyBytesAreNoDocument(@ForAll byte[] content, @ForAll Format format) {
        haveMessages(document(format, content, content));
    }

    /** Four bytes that begin like UTF-32, and go on with what no character is. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void bytesOfABrokenEncodingAreNoDocument(Format format) {
        byte[] content = {0, 0, 0, '{', 'e', 'q', 's', 'i'};

        assertThat(document(format, content, content))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("it is no text in UTF-8"));
    }

    @Property(tries = 200)
    void anyBytesAreReadAsSql(@ForAll byte[] content, @ForAll Dialect dialect) {
        haveMessages(migration(dialect, content));
    }

    @Property(tries = 300)
    void anyMixOfSqlIsRead(@ForAll("sql") String text, @ForAll Dialect dialect) {
        haveMessages(migration(dialect, bytes(text)));
    }

    @Provide
    Arbitrary<String> sql() {
        return Arbitraries.of(
                        "ALTER",
                        "TABLE",
                        "DROP",
                        "COLUMN",
                        "a",
                        "\"b\"",
                        "`c`",
                        "'",
                        "\"",
                        "$$",
                        "$x$",
                        "/*",
                        "*/",
                        "/*!1",
                        "--",
                        "\n",
                        ";",
                        "(",
                        ")",
                        ",",
                        ".",
                        "DELETE",
                        "FROM",
                        "WHERE",
                        "CREATE",
                        "FUNCTION",
                        "BEGIN",
                        "END",
                        "CASE",
                        "IF",
                        "NOT",
                        "NULL",
                        "ADD",
                        "TYPE",
                        "DELIMITER",
                        "//",
                        "\\",
                        "COPY",
                        "STDIN",
                        "TRUNCATE",
                        "RENAME",
                        "TO",
                        "WITH",
                        "AS",
                        "ONLY",
                        "1",
                        "EXISTS",
                        "UNIQUE",
                        "INDEX",
                        "ON",
                        "-- +goose Up",
                        "-- +goose Down",
                        "MODIFY",
                        "\0",
                        "\uFEFF")
                .list()
                .ofMaxSize(30)
                .map(words -> String.join(" ", words));
    }

    @Property(tries = 200)
    void anyChangeOfACharacterIsBorne(@ForAll int place, @ForAll char c) {
        for (String text : List.of(ModelsTest.SHOP, JsonSchemaTest.CUSTOMER)) {
            StringBuilder changed = new StringBuilder(text);
            changed.setCharAt(Math.floorMod(place, text.length()), c);
            haveMessages(Deployments.ofDocument(text, changed.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    @Timeout(value = 600, unit = SECONDS)
    void bearsDepthAndSize(Format format) {
        byte[] deep = new byte[2_000_000];
        Arrays.fill(deep, (byte) '[');
        assertThat(document(format, deep, deep)).hasSize(1);
        assertThat(document(format, bytes("{\"a\":".repeat(300_000)), deep)).hasSize(1);
        assertThat(document(format, bytes("[" + "1,".repeat(2_000_000) + "1]"), deep))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("more than 500000 values"));
        assertThat(document(format, new byte[JsonDocument.MOST_BYTES + 1], deep))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("at most 16 are read"));
        assertThat(document(format, bytes("{\"a\":1e999999999}"), bytes("[1e999999999]")))
                .hasSize(1);
    }

    @Test
    @Timeout(value = 600, unit = SECONDS)
    void bearsReferencesThatMultiply() {
        String chain = IntStream.range(0, 5_000)
                .mapToObj(i -> "\"d" + i + "\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}}}")
                .collect(Collectors.joining(",", "{\"$defs\":{", ",\"d5000\":{\"type\":\"string\"}}}"));
        assertThat(document(Format.JSON_SCHEMA, bytes(chain), bytes(chain.replace("string", "null"))))
                .hasSize(1);

        String doubling = IntStream.range(0, 60)
                .mapToObj(i -> "\"d" + i + "\":{\"title\":\"t\",\"properties\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/d"
                        + (i + 1) + "\"}],\"minProperties\":1},\"b\":{\"allOf\":[{\"$ref\":\"#/$defs/d" + (i + 1)
                        + "\"}],\"minProperties\":2}}}")
                .collect(Collectors.joining(",", "{\"$defs\":{", ",\"d60\":{\"type\":\"object\"}}}"));
        assertThat(document(Format.JSON_SCHEMA, bytes(doubling), bytes(doubling)))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("unfold to more than can be read"));

        String unions = "{\"properties\":{\"a\":" + "{\"anyOf\":[".repeat(1)
                + IntStream.range(0, 3000)
                        .mapToObj(i -> "{\"properties\":{\"p" + i + "\":{\"const\":" + i + "}}}")
                        .collect(Collectors.joining(","))
                + "]}}}";
        haveMessages(document(Format.JSON_SCHEMA, bytes(unions), bytes(unions.replace("const\":", "const\":9"))));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @Timeout(value = 600, unit = SECONDS)
    void bearsDeepAndLongSql(Dialect dialect) {
        for (String sql : List.of(
                "DELETE FROM a WHERE " + "(".repeat(100_000),
                "DELETE FROM a WHERE " + "(".repeat(45) + "1" + ")".repeat(45) + " = 2",
                "DELETE FROM a WHERE " + "NOT ".repeat(9_000) + "x",
                "DELETE FROM a WHERE " + "CASE WHEN ".repeat(3_000),
                "DELETE FROM a WHERE " + "a + ".repeat(9_000) + "1 = 2",
                "ALTER TABLE t " + "DROP COLUMN a,".repeat(3_000),
                "ALTER TABLE t ADD COLUMN a int " + "CHECK (".repeat(40),
                "a;".repeat(200_000),
                "INSERT INTO a VALUES " + "(1,'x'),".repeat(300_000) + "(1);",
                "/*".repeat(200_000),
                "'".repeat(200_001),
                "$a$".repeat(200_001),
                "x ".repeat(1_000_000))) {
            haveMessages(migration(dialect, bytes(sql)));
        }
        assertThat(migration(dialect, new byte[17 * 1024 * 1024])).hasSize(1);
    }

    @Test
    @Timeout(value = 600, unit = SECONDS)
    void readsThreeHundredMigrations() {
        Map<String, String> applied = Map.of("0000.sql", "SELECT 1;");
        Map<String, String> pending = IntStream.rangeClosed(1, 300)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "%04d_change.sql".formatted(i),
                        i -> "CREATE TABLE t%1$d (id bigserial PRIMARY KEY, name text NOT NULL);\n".formatted(i)
                                + "CREATE INDEX i%1$d ON t%1$d (name);\n".formatted(i)
                                + "ALTER TABLE users ADD COLUMN a%1$d int, ADD COLUMN b%1$d text DEFAULT 'x' NOT NULL;\n"
                                        .formatted(i)
                                + "DELETE FROM sessions WHERE id < %d;\n".formatted(i)
                                + (i == 250 ? "ALTER TABLE users DROP COLUMN phone;" : "")));
        List<Problem> problems = Deployments.ofMigrations(Dialect.POSTGRESQL, applied, pending);

        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.location().file()).endsWith("0250_change.sql"));
    }

    @Test
    void staysWithinOneFormatForEachFile() {
        DataSchema.Source any = new Document(FILE, Optional.empty());
        assertThat(Deployments.find(
                        any, files(FILE, bytes(ModelsTest.SHOP)), files(FILE, bytes(JsonSchemaTest.CUSTOMER))))
                .singleElement()
                .satisfies(p -> assertThat(p.id()).isEqualTo("check.failed"));
    }

    @Test
    @Timeout(value = 600, unit = SECONDS)
    void aLongDelimiterIsNotComparedAtEveryWord() {
        String delimiter = "a,".repeat(1_000_000) + "b";

        assertThat(Deployments.ofMigration(Dialect.MYSQL, "DELIMITER " + delimiter + "\n" + "a,".repeat(2_000_000)))
                .isNotEmpty();
    }

    @Test
    @Timeout(value = 600, unit = SECONDS)
    void manyRowsAreBorneAndManyOtherWordsAreTooMany() {
        String rows = "INSERT INTO t VALUES " + "(1, 'a', 2),".repeat(500) + "(1, 'a', 2);\n";
        assertThat(Deployments.ofMigration(Dialect.POSTGRESQL, rows.repeat(1_000)))
                .isEmpty();

        String words = "CREATE VIEW v AS SELECT " + "a, ".repeat(4_000) + "a FROM t;\n";
        assertThat(Deployments.ofMigration(Dialect.POSTGRESQL, words.repeat(200)))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("too many statements"));
    }
}
