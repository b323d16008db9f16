package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of SQL migrations of the usual tools. */
class MigrationsTest {

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::oneLine).toList();
    }

    @Test
    void namesFileAndLineOfWhatLosesData() {
        assertThat(lines(Deployments.ofMigration(Dialect.POSTGRESQL, """
                        -- tidy up
                        CREATE INDEX i ON users (email);

                        ALTER TABLE users
                          DROP COLUMN phone,
                          ADD COLUMN mobile text;
                        """)))
                .containsExactly("db/migrations/002_next.sql:4: Column users.phone is deleted: a migration drops it."
                        + " Compared with v1, what is stored in column users.phone would go. Make the field optional"
                        + " first and remove it when nobody needs its data. The task backup makes a copy of the data"
                        + " before. [schema.data-loss]");
    }

    @Test
    void readsPendingFilesOnly() {
        assertThat(Deployments.ofMigrations(
                        Dialect.MYSQL, Map.of("1.sql", "DROP TABLE a;"), Map.of("2.sql", "CREATE TABLE b (id int);")))
                .isEmpty();
    }

    @Test
    void readsTheWayForwardOnly() {
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL,
                        Map.of("0.sql", "SELECT 1;"),
                        Map.of(
                                "1.up.sql", "CREATE TABLE a (id int);",
                                "1.down.sql", "DROP TABLE a;",
                                "2_goose.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE users;\n",
                                "3_dbmate.sql", "-- migrate:up\nSELECT 1;\n\n-- migrate:down\nDROP TABLE users;\n",
                                "4_sqlmigrate.sql", "-- +migrate Up\nSELECT 1;\n-- +migrate Down\nDROP TABLE users;",
                                "5_node.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\nDROP TABLE users;",
                                "U6__undo.sql", "DROP TABLE users;",
                                "7/down.sql", "DROP TABLE users;")))
                .isEmpty();
    }

    @Test
    void readsAllOfAFileWhoseToolKnowsNoMarks() {
        String marked = "-- migrate:up\nSELECT 1;\n-- migrate:down\nDROP TABLE users;\n";

        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL, Map.of("V1__a.sql", "SELECT 1;"), Map.of("V2__b.sql", marked)))
                .hasSize(1);
        assertThat(Deployments.ofMigration(Dialect.POSTGRESQL, "SELECT 1;\n-- migrate:down\nDROP TABLE users;\n"))
                .hasSize(1);
    }

    @Test
    void findsAppliedMigrationsThatWereEdited() {
        Map<String, String> before = Map.of(
                "V1__a.sql", "CREATE TABLE a (id int);",
                "2_b.sql", "CREATE TABLE b (name text DEFAULT 'x');",
                "R__view.sql", "CREATE VIEW v AS SELECT 1;",
                "3.down.sql", "DROP TABLE c;");

        assertThat(lines(Deployments.ofMigrations(
                        Dialect.POSTGRESQL, before, Map.of("V1__a.sql", "CREATE TABLE a (id int); -- sorry"))))
                .singleElement()
                .asString()
                .startsWith("db/migrations/V1__a.sql: Migration db/migrations/V1__a.sql was changed after it had been"
                        + " applied: its tool will refuse it.")
                .endsWith("[schema.unsafe]");
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL, before, Map.of("2_b.sql", "CREATE TABLE b (name text DEFAULT 'y');")))
                .hasSize(1);
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL,
                        before,
                        Map.of(
                                "V1__a.sql", "CREATE TABLE a (id int);\r\n",
                                "2_b.sql", "create table b\n  (name TEXT default 'x'); /* same */",
                                "R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2;",
                                "3.down.sql", "DROP TABLE IF EXISTS c;")))
                .isEmpty();
    }

    @Test
    void readsRepeatableMigrationsAgainWhenTheyChange() {
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL, Map.of("R__x.sql", "SELECT 1;"), Map.of("R__x.sql", "DELETE FROM users;")))
                .singleElement()
                .satisfies(p -> assertThat(p.id()).isEqualTo("schema.data-loss"));
    }

    @Test
    void findsAppliedMigrationsThatAreGone() {
        var before = InMemory.of("v1", Map.of("m/1.sql", "SELECT 1;", "m/2.sql", "SELECT 2;"));
        var coming = InMemory.of("v2", Map.of("m/1.sql", "SELECT 1;"));
        var source = new io.jenkins.plugins.gateddeploy.config.DataSchema.Migrations("m", Dialect.POSTGRESQL);

        assertThat(lines(Deployments.find(source, before, coming)))
                .singleElement()
                .asString()
                .contains("Migration m/2.sql has been applied, but is no longer there")
                .endsWith("[schema.unsafe]");
    }

    @Test
    void knowsWhatPendingMigrationsMadeThemselves() {
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL,
                        Map.of("1.sql", "CREATE TABLE users (id int);"),
                        Map.of(
                                "2.sql",
                                        "CREATE TABLE public.\"Notes\" (id int); CREATE TABLE IF NOT EXISTS tags (id int);",
                                "10.sql",
                                        "ALTER TABLE notes ADD COLUMN a int NOT NULL, ALTER COLUMN a TYPE text;"
                                                + " CREATE UNIQUE INDEX ON tags (id); ALTER TABLE tags ADD PRIMARY KEY (id);",
                                "11.sql",
                                        "ALTER TABLE users ADD COLUMN x int; ALTER TABLE users DROP COLUMN x;"
                                                + " ALTER TABLE users ADD n int, ADD FOREIGN KEY (n) REFERENCES notes (id);"
                                                + " DELETE FROM tags; TRUNCATE notes; DROP TABLE notes;")))
                .isEmpty();
    }

    @Test
    void doesNotTakeATableThatIsThereForNew() {
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL,
                        Map.of("1.sql", "CREATE TABLE users (id int);"),
                        Map.of("2.sql", "CREATE TABLE IF NOT EXISTS users (id int); DROP TABLE users;")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.js", "2.php", "002.py", "2.xml", "2.sql.gz"})
    void reportsMigrationsThatAreNoSql(String name) {
        assertThat(lines(Deployments.ofMigrations(Dialect.POSTGRESQL, Map.of("1.sql", ""), Map.of(name, "x"))))
                .containsExactly(
                        "db/migrations/" + name + ": Migration db/migrations/" + name + " is no SQL: what it does"
                                + " cannot be told. Compared with v1. Look at it by hand, and allow schema.unsafe for this"
                                + " deployment if it is safe; or write it so that it can be read. [schema.unsafe]");
    }

    @Test
    void passesOverNotesAndChecksums() {
        assertThat(Deployments.ofMigrations(
                        Dialect.POSTGRESQL,
                        Map.of("1.sql", ""),
                        Map.of("README.md", "x", ".gitkeep", "", "atlas.sum", "h1:x", "migration_lock.toml", "")))
                .isEmpty();
    }

    @Test
    void findsWhatMysqlExecutesWithinAComment() {
        assertThat(Deployments.ofMigration(Dialect.MYSQL, "/*!40101 DROP TABLE users */;"))
                .hasSize(1);
        assertThat(Deployments.ofMigration(Dialect.MYSQL, "/* DROP TABLE users */;"))
                .isEmpty();
    }

    @Test
    void findsAStatementBehindAStringWithABackslash() {
        assertThat(Deployments.ofMigration(Dialect.MYSQL, "INSERT INTO a VALUES ('it\\'s'); DROP TABLE users;"))
                .hasSize(1);
        assertThat(Deployments.ofMigration(Dialect.POSTGRESQL, "INSERT INTO a VALUES ('c:\\'); DROP TABLE users; --'"))
                .hasSize(1);
        assertThat(Deployments.ofMigration(Dialect.POSTGRESQL, "INSERT INTO a VALUES (E'\\'; DROP TABLE users; --');"))
                .isEmpty();
    }

    @Test
    void readsBodiesOfRoutinesAsOneStatement() {
        assertThat(Deployments.ofMigration(Dialect.MYSQL, """
                        DELIMITER //
                        CREATE PROCEDURE tidy() BEGIN
                          DELETE FROM a;
                          IF x THEN TRUNCATE b; END IF;
                        END //
                        DELIMITER ;
                        CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN
                          CASE NEW.a WHEN 1 THEN DELETE FROM y; END CASE;
                          WHILE z DO SET z = 0; END WHILE;
                        END;
                        """)).isEmpty();
        assertThat(Deployments.ofMigration(
                        Dialect.MYSQL, "CREATE PROCEDURE p() BEGIN SELECT 1; END; DROP TABLE users;"))
                .hasSize(1);
        assertThat(Deployments.ofMigration(Dialect.MYSQL, "CREATE PROCEDURE p() BEGIN SELECT 1; DROP TABLE users;"))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("a BEGIN without an END"));
    }

    @Test
    void passesOverTheRowsOfADump() {
        assertThat(Deployments.ofMigration(
                        Dialect.POSTGRESQL, "COPY a (b) FROM stdin;\nDROP TABLE x;\n\\.\n\nSELECT 1;\n"))
                .isEmpty();
        assertThat(Deployments.ofMigration(Dialect.POSTGRESQL, "COPY a (b) FROM stdin;\n1\n\\.\n\nDROP TABLE x;\n"))
                .singleElement()
                .satisfies(p -> assertThat(p.location().line()).isEqualTo(5));
    }

    @Test
    void neverShowsWhatStringsHold() {
        assertThat(lines(Deployments.ofMigration(
                        Dialect.MYSQL,
                        "ALTER USER 'a' IDENTIFIED BY 'hunter2'; FROBNICATE 'hunter2'; CALL p('hunter2');")))
                .hasSize(2)
                .noneMatch(line -> line.contains("hunter2"));
    }
}
