package io.jenkins.plugins.gateddeploy.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedHistoryTest {
    @TempDir
    Path home;

    @Test
    void leavesAFileThatIsNoDatabaseAsItIs() throws Exception {
        byte[] other = "These are the notes of somebody else.\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        Files.write(file(), other);

        assertRefused("is damaged, or no history at all");
        assertThat(file()).hasBinaryContent(other);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void leavesADamagedFileAsItIs(int kind) throws Exception {
        begin();
        byte[] whole = Files.readAllBytes(file());
        byte[] damaged = switch (kind) {
            case 0 -> Arrays.copyOf(whole, 5000);
            case 1 -> overwritten(whole, 0, whole.length / 2);
            default -> overwritten(whole, 8192, whole.length);
        };
        Files.write(file(), damaged);

        assertRefused(file().toString());
        assertThat(file()).hasBinaryContent(damaged);
    }

    @Test
    void doesNotBeginANewHistoryInAFileThatLostItsContent() throws Exception {
        begin();
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), overwritten(whole, 8192, whole.length));

        assertRefused("is damaged");
        assertRefused("is damaged");

        Files.delete(file());
        assertThat(begin().number()).isEqualTo(1);
    }

    @Test
    void refusesTablesOfANewerVersion() throws Exception {
        begin();
        execute("update \"flyway_schema_history\" set \"version\" = '99'");

        assertRefused("made by a newer version of Gated Deploy: its tables have version 99");
    }

    @Test
    void goesOnAfterAMigrationThatWasInterrupted() throws Exception {
        begin();
        execute("drop table problem");
        execute("update \"flyway_schema_history\" set \"success\" = false");

        assertThat(begin().number()).isEqualTo(2);
    }

    @Test
    void saysWhichDirectoryCannotBeMade() throws Exception {
        Path notADirectory = Files.createFile(home.resolve("file"));

        try (HistoryDatabase history =
                new HistoryDatabase(notADirectory.resolve("history"), HistoryDatabase.Settings.shared("test"))) {
            assertThatThrownBy(() -> history.find("x"))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("directory " + notADirectory.resolve("history"))
                    .hasMessageContaining("cannot be created");
        }
    }

    @Test
    void saysThatTheDirectoryIsReadOnly() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(home), "the superuser may write everywhere");
            assertRefused("read-only for user");
        } finally {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void readsButDoesNotWriteAReadOnlyFile() throws Exception {
        begin();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
        assumeFalse(Files.isWritable(file()), "the superuser may write everywhere");

        try (HistoryDatabase history = new HistoryDatabase(home, HistoryDatabase.Settings.shared("test"))) {
            assertThat(history.find("shop", "production", 1)).isPresent();
        }
        assertRefused("read-only for user");
    }

    @Test
    void knowsItsNewestMigration() throws Exception {
        String[] migrations = Path.of(
                        HistoryDatabase.class.getResource("V1__deployments.sql").toURI())
                .getParent()
                .toFile()
                .list((directory, name) -> name.endsWith(".sql"));
        assertThat(Arrays.stream(migrations)
                        .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                        .max())
                .hasValue(Schema.VERSION);
    }

    private Path file() {
        return home.resolve("history.mv.db");
    }

    private DeploymentRecord begin() {
        try (HistoryDatabase history = new HistoryDatabase(home, HistoryDatabase.Settings.shared("test"))) {
            return history.begin(
                    "shop", "production", Kind.DEPLOY, "main", "alice", new Owner("host", 1, 0), Instant.now());
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::begin).isInstanceOf(HistoryException.class).hasMessageContaining(message);
    }

    private void execute(String statement) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + home.resolve("history"));
        source.setUser("sa");
        source.setPassword("");
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }

    private static byte[] overwritten(byte[] bytes, int from, int to) {
        byte[] copy = bytes.clone();
        Arrays.fill(copy, from, to, (byte) 0x5a);
        return copy;
    }
}
