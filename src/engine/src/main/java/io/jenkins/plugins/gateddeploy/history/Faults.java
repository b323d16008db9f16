package io.jenkins.plugins.gateddeploy.history;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** Says in plain words what a database error means for the history in one directory. */
final class Faults {
    private static final String NOTHING_LOST = " Nothing that was recorded before is lost.";

    private final Path directory;
    private final Path file;

    Faults(Path directory, Path file) {
        this.directory = directory;
        this.file = file;
    }

    /** {@return whether another process has the database open} */
    static boolean isInUse(Throwable fault) {
        SQLException sql = sql(fault);
        return sql != null && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
    }

    /** {@return whether a row with the same unique values is there already (SQLSTATE 23505 in H2 and PostgreSQL)} */
    static boolean isDuplicate(Throwable fault) {
        SQLException sql = sql(fault);
        return sql != null && "23505".equals(sql.getSQLState());
    }

    /** {@return whether a row names a deployment that is not there} */
    static boolean isMissingReference(Throwable fault) {
        SQLException sql = sql(fault);
        return sql != null && ("23506".equals(sql.getSQLState()) || "23503".equals(sql.getSQLState()));
    }

    /** {@return whether only the statement failed, and the database works on} */
    static boolean isHarmless(Throwable fault) {
        SQLException sql = sql(fault);
        String state = sql == null ? null : sql.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("40"));
    }

    static HistoryException damaged(Path file, String detail, Throwable cause) {
        return new HistoryException(damage(file, detail), cause);
    }

    private static String damage(Path file, String detail) {
        return "The history file " + file
                + " is damaged, or no history at all. It was not repaired or removed. Put a copy"
                + " of it back from a backup, or move it away to begin a new history: what is deployed is recorded on the"
                + " targets too. What was found: " + detail;
    }

    HistoryException explain(Throwable fault) {
        return new HistoryException(message(fault), fault);
    }

    private String message(Throwable fault) {
        SQLException sql = sql(fault);
        String all = everyMessage(fault);
        int code = sql == null ? 0 : sql.getErrorCode();
        if (all.contains("No space left") || all.contains("File too large") || all.contains("quota exceeded")) {
            return "The history in " + directory
                    + " cannot be written: the disk is full. Free some space and try again." + NOTHING_LOST;
        }
        if (code == ErrorCode.DATABASE_IS_READ_ONLY
                || code == ErrorCode.FILE_CREATION_FAILED_1
                || all.contains("AccessDeniedException")
                || all.contains("Permission denied")
                || all.contains("Read-only file system")) {
            return "The history in " + directory + " cannot be written: " + file
                    + " or its directory is read-only for user " + System.getProperty("user.name")
                    + ". Give that user the right to write there, or use another home directory.";
        }
        if (code == ErrorCode.FILE_CORRUPTED_1 || code == ErrorCode.FILE_VERSION_ERROR_1) {
            return damage(file, detail(sql));
        }
        return "The history in " + directory
                + " cannot be used. It was not repaired or removed. What the database says: "
                + detail(sql == null ? fault : sql);
    }

    /** H2 puts the statement below the first line; it says nothing to people. */
    private static String detail(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        int statement = message.indexOf("; SQL statement:");
        return (statement < 0 ? message : message.substring(0, statement)).strip();
    }

    private static String everyMessage(Throwable fault) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = fault; t != null; t = t.getCause()) {
            all.append(t).append('\n');
        }
        return all.toString();
    }

    private static SQLException sql(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
