package io.jenkins.plugins.gateddeploy.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, and how an older or empty database gets them. */
final class Schema {
    /** The newest migration in this package's resources. */
    static final int VERSION = 7;

    /** Flyway creates its table with these lower-case names, so they must be quoted where names fold to upper case. */
    private static final String INSTALLED = "select \"version\", \"success\" from \"flyway_schema_history\"";

    private final Path file;

    /**
     * Says that the file has had tables. The database takes a file whose content it cannot recognise for an empty one;
     * without this note, a damaged history would quietly begin anew.
     */
    private final Path made;

    private final DataSource database;

    Schema(Path file, DataSource database) {
        this.file = file;
        this.made = file.resolveSibling("history.made");
        this.database = database;
    }

    /**
     * Brings the tables up to date. Flyway itself is run only when there is something to do: loading it takes longer
     * than a whole look into the history.
     *
     * @param existed whether the file was there before it was opened
     * @throws HistoryException when a newer version of this software made them, or the file has lost them
     */
    void migrate(boolean existed) throws SQLException {
        Installed installed = installed();
        if (installed.version > VERSION) {
            throw new HistoryException(
                    "The history in " + file
                            + " was made by a newer version of Gated Deploy: its tables have version "
                            + installed.version + ", this one knows them up to " + VERSION
                            + ". Use the newer version, or another home directory.",
                    null);
        }
        if (installed.version == VERSION && !installed.broken) {
            return;
        }
        if (installed.version == 0 && !installed.broken && existed && Files.exists(made)) {
            throw Faults.damaged(file, "no tables, though they had been made", null);
        }
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:io/jenkins/plugins/gateddeploy/history")
                .loggers("slf4j")
                .load();
        if (installed.broken) {
            // A migration met a full disk, say. Flyway remembers that and refuses to go on until told to forget it.
            flyway.repair();
        }
        flyway.migrate();
        noteThatTheyAreMade();
    }

    private void noteThatTheyAreMade() {
        try {
            Files.write(made, new byte[0]);
        } catch (IOException e) {
            throw new HistoryException("The file " + made + " cannot be written: " + e, e);
        }
    }

    private Installed installed() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(INSTALLED)) {
            int newest = 0;
            boolean broken = false;
            while (rows.next()) {
                String version = rows.getString(1);
                if (!rows.getBoolean(2)) {
                    broken = true;
                } else if (version != null) {
                    newest = Math.max(newest, Integer.parseInt(version));
                }
            }
            return new Installed(newest, broken);
        } catch (SQLException e) {
            if (isMissingTable(e)) {
                return new Installed(0, false);
            }
            throw e;
        }
    }

    /** SQLSTATE class 42 (syntax error or access rule violation): H2 has 42S02 to 42S04, PostgreSQL 42P01. */
    private static boolean isMissingTable(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("42");
    }

    private record Installed(int version, boolean broken) {}
}
