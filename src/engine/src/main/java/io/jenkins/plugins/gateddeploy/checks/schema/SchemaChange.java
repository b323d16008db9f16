package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.problem.Location;
import java.util.Objects;

/**
 * A difference between the schema of the release that is current and the one to come, as far as it concerns data that
 * exists. Which are safe follows Convex's rules ("Making safe changes" in its guide to production).
 */
sealed interface SchemaChange {

    /** {@return what it is about, as the subject of a sentence: {@code field email of model users}} */
    String what();

    /** {@return where the change is written, or where what it is about was written} */
    Location where();

    /** Data that is there fits as before. */
    record Safe(Kind kind, String what, Location where) implements SchemaChange {
        public Safe {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(where, "where");
        }

        enum Kind {
            MODEL_ADDED,
            FIELD_ADDED,
            MADE_OPTIONAL,
            WIDENED,
            RENAMED
        }
    }

    /**
     * Data that is there may no longer fit, or the programs that still run do.
     *
     * @param detail what changed, as the end of a sentence
     */
    record Unsafe(UnsafeKind kind, String what, String detail, Location where) implements SchemaChange {
        public Unsafe {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(where, "where");
        }
    }

    /**
     * Data goes.
     *
     * @param data what goes, as the object of a sentence
     * @param detail why, as the end of a sentence
     */
    record DataLoss(LossKind kind, String what, String data, String detail, Location where) implements SchemaChange {
        public DataLoss {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(where, "where");
        }
    }
}
