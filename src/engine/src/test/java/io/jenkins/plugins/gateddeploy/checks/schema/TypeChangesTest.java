package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that get another type: which of them lose nothing. */
class TypeChangesTest {
    private static final String WIDER = "ALTER TABLE users ALTER COLUMN a TYPE varchar(100);";

    private record Case(boolean fine, String from, String to) {

        static Case of(String line) {
            String[] parts = line.split(" ", 2);
            String[] types = parts[1].split(" -> ", 2);
            return new Case(parts[0].equals("fine"), types[0], types[1]);
        }
    }

    private static List<Case> cases(Dialect dialect) throws IOException {
        String name = "types-" + dialect.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = TypeChangesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Case::of)
                    .toList();
        }
    }

    private static boolean isFine(Dialect dialect, String applied, String pending) {
        List<Problem> problems =
                Deployments.ofMigrations(dialect, Map.of("001_first.sql", applied), Map.of("002_next.sql", pending));
        assertThat(problems).allSatisfy(problem -> assertThat(problem.id()).isEqualTo("schema.unsafe"));
        return problems.isEmpty();
    }

    private static List<String> spellings(Dialect dialect, String to) {
        return dialect == Dialect.MYSQL
                ? List.of(
                        "ALTER TABLE users MODIFY a " + to,
                        "alter table `users` modify column `a` " + to + ", ADD INDEX i (a)",
                        "ALTER TABLE users CHANGE COLUMN a a " + to)
                : List.of(
                        "ALTER TABLE users ALTER COLUMN a TYPE " + to,
                        "ALTER TABLE ONLY public.users ALTER a SET DATA TYPE " + to,
                        "alter table if exists \"users\" add column b int, alter \"a\" type " + to);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void findsEveryOneThatMayLoseSomethingAndNoOther(Dialect dialect) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Case each : cases(dialect)) {
            String applied = "CREATE TABLE users (id bigint, a " + each.from() + ", PRIMARY KEY (id));";
            for (String pending : spellings(dialect, each.to())) {
                if (isFine(dialect, applied, pending) != each.fine()) {
                    wrong.add(each.from() + ": " + pending);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE users (a varchar(10)); ALTER TABLE users ALTER COLUMN a TYPE varchar(20)",
                "CREATE TABLE users (id int); ALTER TABLE users ADD COLUMN a varchar(20)",
                "CREATE TABLE users (b varchar(20)); ALTER TABLE users RENAME COLUMN b TO a",
                "CREATE TABLE IF NOT EXISTS public.users (a varchar(20), CONSTRAINT c CHECK (a <> ''))",
                "CREATE TABLE users (a varchar(20)); CREATE TABLE IF NOT EXISTS users (a text)",
                "CREATE TABLE users (a varchar(20)); UPDATE users SET a = 'x'; DELETE FROM users WHERE a = 'y'",
                "CREATE TABLE users (a varchar(20)); ALTER TABLE users ALTER a SET NOT NULL, OWNER TO me",
                "DO $$ BEGIN PERFORM f(); END $$; CREATE TABLE users (a varchar(20))"
            })
    void areFollowedThroughWhatIsApplied(String applied) {
        assertThat(isFine(Dialect.POSTGRESQL, applied, WIDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CREATE TABLE users (id int)",
                "CREATE TABLE users AS SELECT * FROM old",
                "CREATE TABLE users (a text)",
                "CREATE TABLE users (a varchar(20)); ALTER TABLE users ALTER COLUMN a TYPE text",
                "CREATE TABLE users (a varchar(20)); ALTER TABLE users DROP COLUMN a",
                "CREATE TABLE users (a varchar(20)); ALTER TABLE users RENAME a TO b; ALTER TABLE users RENAME c TO a",
                "CREATE TABLE users (a varchar(20)); DROP TABLE users",
                "CREATE TABLE users (a varchar(20)); ALTER TABLE users SET SCHEMA other",
                "CREATE TABLE users (a varchar(20)); ALTER TABLE old RENAME TO users; ALTER TABLE users RENAME TO b",
                "CREATE TABLE users (a varchar(20)); DO $$ BEGIN EXECUTE 'ALTER TABLE users'; END $$",
                "CREATE TABLE users (a varchar(20)); CALL change_it()",
                "CREATE TABLE users (a varchar(20)); SELECT 'without an end"
            })
    void areUnsafeWhereTheOldTypeCannotBeTold(String applied) {
        assertThat(isFine(Dialect.POSTGRESQL, applied, WIDER)).isFalse();
    }

    @Test
    void areFollowedThroughWhatIsPendingToo() {
        assertThat(isFine(Dialect.POSTGRESQL, "CREATE TABLE users (a varchar(20))", WIDER + WIDER.replace("100", "50")))
                .isFalse();
        assertThat(isFine(
                        Dialect.POSTGRESQL, "CREATE TABLE users (a varchar(20))", WIDER + WIDER.replace("100", "150")))
                .isTrue();
    }

    @Test
    void areUnsafeBehindAProgramAmongTheMigrations() {
        List<Problem> problems = Deployments.ofMigrations(
                Dialect.POSTGRESQL,
                Map.of("001_first.sql", "CREATE TABLE users (a varchar(20));", "002_program.py", "pass"),
                Map.of("003_next.sql", WIDER));

        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("gets another type"));
    }

    @Test
    void doNotTakeAColumnNamedValidForAConstraintThatIsNotChecked() {
        assertThat(isFine(
                        Dialect.POSTGRESQL,
                        "CREATE TABLE users (valid boolean)",
                        "ALTER TABLE users ADD CONSTRAINT c CHECK (NOT valid)"))
                .isFalse();
        assertThat(isFine(
                        Dialect.POSTGRESQL,
                        "CREATE TABLE users (valid boolean)",
                        "ALTER TABLE users ADD CONSTRAINT c CHECK (valid) NOT VALID"))
                .isTrue();
    }
}
