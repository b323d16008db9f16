package io.jenkins.plugins.gateddeploy.notice;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that people are told, the same whichever way they are told it.
 *
 * @param key what it is known by; the same whenever it is derived again
 * @param kind what happened
 * @param about what it happened to
 * @param text what people read
 * @param time when it happened
 */
public record Notice(Key key, Kind kind, About about, Text text, Instant time) {

    /**
     * What a notice is known by.
     *
     * @param thread what it belongs to, together with others: {@code gate:3f2c…}
     * @param event what it is within that: {@code opened}
     */
    public record Key(String thread, String event) {
        public Key {
            Objects.requireNonNull(thread, "thread");
            Objects.requireNonNull(event, "event");
        }

        /** {@return both: {@code gate:3f2c…:opened}} */
        @Override
        public String toString() {
            return thread + ":" + event;
        }
    }

    /** What happened. */
    public enum Kind {
        /** A gate began to wait for people. */
        OPENED,
        /** It still waits, and it was said before that people be reminded now. */
        REMINDED,
        /** It has waited so long that further people are asked. */
        ESCALATED,
        /** Somebody approved, and it still waits for others. */
        DECIDED,
        /** Somebody took back what they had said. */
        WITHDRAWN,
        /** It waits for something else now: what was decided so far does not count any more. */
        VOIDED,
        /** It opened. */
        APPROVED,
        /** Somebody said no. */
        REJECTED,
        /** Its time was over. */
        TIMED_OUT,
        /** It was taken back. */
        CANCELLED,
        /** A deployment that was watched failed its health check, and what was before it is current again. */
        WENT_BACK;

        /** {@return as programs read it: {@code timed-out}} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What it happened to.
     *
     * @param gate id of the gate
     * @param app application
     * @param environment environment; may be empty
     * @param revision what is to come, for people
     * @param job full name of the host's job that asks; may be empty
     * @param build number of its build; 0 for none
     * @param people user ids of those who are asked by name; groups are not among them
     * @param link where to look and decide; empty when the host has no address for it
     */
    public record About(
            String gate,
            String app,
            String environment,
            String revision,
            String job,
            int build,
            Set<String> people,
            Optional<URI> link) {
        public About {
            Objects.requireNonNull(gate, "gate");
            Objects.requireNonNull(app, "app");
            Objects.requireNonNull(environment, "environment");
            Objects.requireNonNull(revision, "revision");
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(link, "link");
            people = Set.copyOf(people);
        }
    }

    /**
     * What people read: plain text. Parts of it come from commits and comments, so it can hold anything.
     *
     * @param title one line
     * @param lines may be empty lines
     */
    public record Text(String title, List<String> lines) {
        public Text {
            Objects.requireNonNull(title, "title");
            lines = List.copyOf(lines);
        }
    }

    public Notice {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(time, "time");
    }
}
