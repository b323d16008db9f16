package io.jenkins.plugins.gateddeploy.history;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * The database file: opened when it is wanted, closed when nobody used it for a while, so that other processes with the
 * same home get their turn.
 */
final class HistoryFile implements AutoCloseable {
    /**
     * {@code async:} because a plain file channel is closed, and the database with it, when a thread that uses it is
     * interrupted. {@code FILE_LOCK=FS}: the operating system's lock, gone with its process. {@code WRITE_DELAY=0}: a
     * commit is in the file when it returns, for whoever opens it after this process was killed; {@link #SYNC} is for
     * a machine that loses power. {@code REUSE_SPACE=FALSE}: H2 2.5 does not always note in the file's header
     * that it went on in space that had become free, and whoever opens the file after this process was killed then does
     * not find what was written there; closing the file gives the space back. {@code DB_CLOSE_ON_EXIT=FALSE}: whoever
     * stops at a signal has yet to record that.
     */
    private static final String OPTIONS =
            ";FILE_LOCK=FS;WRITE_DELAY=0;REUSE_SPACE=FALSE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                    + ";LOCK_TIMEOUT=10000";

    /**
     * Has the file's bytes brought to the disk itself, which H2 does for no commit. It takes as long as the disk takes:
     * a millisecond or two on one without moving parts, of which a deployment needs about ten.
     */
    private static final String SYNC = "checkpoint sync";

    /** In bytes. Below it, closing does not stop to sweep what is no longer needed: others wait for the file. */
    private static final long SMALL = 4 << 20;

    /** In milliseconds for each mebibyte, how long the closing of a larger file may take; and at most. */
    private static final int SWEEPING = 10;

    private static final int LONGEST_SWEEPING = 2_000;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final Path directory;
    private final Path file;
    private final HistoryDatabase.Settings settings;
    private final OwnerNote note;
    private final Faults faults;
    private final ScheduledThreadPoolExecutor closer;

    private Opened opened;
    private int users;
    private boolean unusable;
    private boolean closed;
    private long lastUse;
    private boolean closingIsPlanned;

    private long stamp;
    private String leftAs = "";

    private record Opened(JdbcConnectionPool pool, Jdbi jdbi) {}

    HistoryFile(Path directory, HistoryDatabase.Settings settings) {
        this.directory = directory;
        this.file = directory.resolve("history.mv.db");
        this.settings = settings;
        this.note = new OwnerNote(directory);
        this.faults = new Faults(directory, file);
        this.closer = closer();
    }

    private static ScheduledThreadPoolExecutor closer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gated-deploy history");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Reads in one transaction. An interruption of the thread is noticed after it.
     *
     * @throws HistoryException when the database cannot be had, or does not do it
     */
    <T> T read(HandleCallback<T, RuntimeException> work) {
        return use(handle -> handle.inTransaction(work));
    }

    /**
     * Changes something in one transaction, which is on the disk when this returns. An interruption of the thread is
     * noticed after it.
     *
     * @throws HistoryException when the database cannot be had, or does not do it
     */
    <T> T write(HandleCallback<T, RuntimeException> work) {
        return use(handle -> {
            T done = handle.inTransaction(work);
            handle.execute(SYNC);
            noteChange();
            return done;
        });
    }

    private synchronized void noteChange() {
        stamp++;
    }

    /**
     * {@return a number that is another one when something was changed since, here or by another process; the file is
     * not opened for that}
     */
    synchronized long stamp() {
        if (opened == null) {
            noticeOthers();
        }
        return stamp;
    }

    /** While it is open here nobody else changes it; opening and closing it change the file too. */
    private void noticeOthers() {
        String now = traces();
        if (!now.equals(leftAs)) {
            leftAs = now;
            stamp++;
        }
    }

    private String traces() {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file) + " " + Files.size(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private <T> T use(HandleCallback<T, RuntimeException> work) {
        boolean interrupted = Thread.interrupted();
        try {
            Opened database = enter();
            boolean usable = true;
            try {
                return database.jdbi.withHandle(work);
            } catch (JdbiException e) {
                usable = Faults.isHarmless(e);
                throw faults.explain(e);
            } finally {
                leave(usable);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized Opened enter() {
        if (closed) {
            throw new IllegalStateException("the history in " + directory + " was closed");
        }
        if (opened == null) {
            noticeOthers();
            opened = open();
            unusable = false;
        }
        users++;
        return opened;
    }

    private synchronized void leave(boolean usable) {
        users--;
        lastUse = System.nanoTime();
        unusable |= !usable;
        if (unusable || closed) {
            // After an input or output error the database has closed itself inside; the next use opens it afresh.
            shutUnlessUsed();
        } else if (settings.idle().isPresent() && !closingIsPlanned) {
            closeLater(settings.idle().get().toNanos());
        }
    }

    private void closeLater(long nanos) {
        closingIsPlanned = true;
        Future<?> unused = closer.schedule(this::closeIfIdle, nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized void closeIfIdle() {
        closingIsPlanned = false;
        long left = settings.idle().orElseThrow().toNanos() - (System.nanoTime() - lastUse);
        if (!closed && (left > 0 || users > 0)) {
            closeLater(Math.max(left, BETWEEN_TRIES.toNanos()));
        } else {
            shutUnlessUsed();
        }
    }

    private Opened open() {
        createDirectory();
        long deadline = System.nanoTime() + settings.patience().toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return tryToOpen();
                } catch (SQLException | RuntimeException e) {
                    if (e instanceof HistoryException known) {
                        throw known;
                    }
                    if (!Faults.isInUse(e)) {
                        throw faults.explain(e);
                    }
                    if (System.nanoTime() - deadline >= 0) {
                        throw inUse(e);
                    }
                }
                interrupted |= pause();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Opened tryToOpen() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        long size = size();
        source.setURL("jdbc:h2:async:" + directory.toAbsolutePath().resolve("history") + OPTIONS + ";MAX_COMPACT_TIME="
                + (size < SMALL ? 0 : Math.min(LONGEST_SWEEPING, (size >> 20) * SWEEPING)));
        source.setUser("sa");
        source.setPassword("");
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        boolean done = false;
        try {
            // The first connection decides who has the file.
            pool.getConnection().close();
            note.write(settings.purpose());
            new Schema(file, pool).migrate(size > 0);
            done = true;
            return new Opened(pool, jdbi(pool));
        } finally {
            if (!done) {
                pool.dispose();
            }
        }
    }

    private static Jdbi jdbi(JdbcConnectionPool pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.getConfig(SqlStatements.class)
                .setTemplateEngine(TemplateEngine.NOP)
                .setSqlParser(new QuestionMarks());
        return jdbi;
    }

    /** {@return the file's size in bytes; 0 when there is none yet} */
    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private HistoryException inUse(Throwable cause) {
        return new HistoryException(
                "The history in " + directory + " is in use by " + note.owner() + ". Waited for it "
                        + settings.patience().toMillis()
                        + " ms. Try again when that has ended, or use another home directory.",
                cause);
    }

    /** {@return whether the thread was interrupted meanwhile} */
    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void createDirectory() {
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
                Files.createDirectories(directory, ownerOnly);
            } else {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new HistoryException(
                    "The directory " + directory + " for the history cannot be created: " + e
                            + ". Give user " + System.getProperty("user.name")
                            + " the right to write there, or use another home directory.",
                    e);
        }
    }

    private void shutUnlessUsed() {
        if (opened != null && users == 0) {
            note.delete();
            opened.pool.dispose();
            opened = null;
            leftAs = traces();
        }
    }

    /** Closes the file at once, or when the work that still uses it is done. */
    @Override
    public synchronized void close() {
        closed = true;
        closer.shutdownNow();
        shutUnlessUsed();
    }
}
