package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the application says what its data looks like, and what is done about data that goes.
 *
 * @param source what is compared
 * @param backup name of the task that makes a copy of the data; there need not be one
 * @param migrate name of the task that changes the data, before which {@code backup} has to run; there need not be one
 * @param retention how long data that a deployment deleted can still be had; empty when nobody says
 */
public record DataSchema(Source source, String backup, String migrate, Optional<Duration> retention) {
    public DataSchema {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(migrate, "migrate");
        Objects.requireNonNull(retention, "retention");
    }

    /** What a schema is read from. */
    public sealed interface Source {}

    /**
     * One file that describes the data.
     *
     * @param file its path below the release
     * @param format how it is written; empty to tell by its first character
     */
    public record Document(String file, Optional<Format> format) implements Source {
        public Document {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(format, "format");
        }
    }

    /**
     * Files that change the data, each applied once, in the order of their names.
     *
     * @param folder its path below the release
     * @param dialect of their SQL
     */
    public record Migrations(String folder, Dialect dialect) implements Source {
        public Migrations {
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(dialect, "dialect");
        }
    }

    /** How a {@link Document} is written. */
    public enum Format {
        /** A list of objects with fields. */
        MODELS,
        /** JSON Schema, draft 7 or 2020-12. */
        JSON_SCHEMA
    }

    /** The databases whose SQL is read. */
    public enum Dialect {
        POSTGRESQL,
        MYSQL
    }
}
