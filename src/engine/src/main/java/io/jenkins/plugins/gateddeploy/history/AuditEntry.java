package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/**
 * One line of the audit trail: what happened at a gate, or instead of one.
 *
 * @param number from 1 on, without gaps
 * @param time when, to the microsecond
 * @param who user id; empty when it was nobody, such as the end of a gate's time
 * @param what a name of {@link What}, or of one that a newer version knows
 * @param gate its id; empty when it was about none
 * @param deployment id of the deployment; empty when it was about none
 * @param details what was said and decided on, as JSON
 * @param previous hash of the entry before, 64 hex digits; zeros for the first
 * @param hash SHA-256 of all the others, 64 hex digits
 */
public record AuditEntry(
        long number,
        Instant time,
        String who,
        String what,
        String gate,
        String deployment,
        String details,
        String previous,
        String hash) {

    /** What can happen. */
    public enum What {
        /** People are asked, or it has opened by itself. */
        OPENED,
        /** Somebody said yes. */
        APPROVED,
        /** Somebody said no. */
        REJECTED,
        /** Somebody took back what they had said. */
        WITHDRAWN,
        /** What somebody had said counts no more. */
        VOIDED,
        /** It is about another plan. */
        REVISED,
        /** It has ended. */
        CLOSED,
        /** A deployment went without a gate, for a reason. */
        EMERGENCY,
        /** A rollback took a commit back, which nothing puts back by itself now. */
        PINNED,
        /** A commit that was taken back may come again by itself. */
        UNPINNED,
        /** Somebody took out of a lane what waited there. */
        LANE_CANCELLED,
        /** Somebody took a deployment back that waited. */
        TAKEN_BACK,
        /** Somebody ended a deployment that could not be settled. */
        GIVEN_UP,
        /** Somebody gave what waits in a lane another place. */
        LANE_MOVED,
        /** Nobody gets a turn in a lane, for a reason. */
        LANE_PAUSED,
        /** A lane gives turns again. */
        LANE_RESUMED,
        /** Something had started by itself, and was not deployed. */
        SKIPPED
    }

    /**
     * What is to be written down.
     *
     * @param details turned into JSON
     */
    public record Note(Instant time, String who, What what, String gate, String deployment, Map<String, ?> details) {
        public Note {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(who, "who");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(gate, "gate");
            Objects.requireNonNull(deployment, "deployment");
            details = Map.copyOf(details);
        }
    }

    /** {@return the entry that follows the newest one} */
    static AuditEntry following(Audit.Head newest, Note note) {
        AuditEntry open = new AuditEntry(
                newest.number() + 1,
                note.time().truncatedTo(ChronoUnit.MICROS),
                Columns.text(note.who()),
                note.what().name(),
                note.gate(),
                note.deployment(),
                details(note),
                newest.hash(),
                "");
        return new AuditEntry(
                open.number,
                open.time,
                open.who,
                open.what,
                open.gate,
                open.deployment,
                open.details,
                open.previous,
                open.computed());
    }

    /** Each text is cut by itself where it is too long, so that the whole stays JSON. */
    private static String details(Note note) {
        Map<String, Object> details = new HashMap<>();
        note.details()
                .forEach((name, value) -> details.put(name, value instanceof String text ? Columns.text(text) : value));
        return CanonicalJson.write(details);
    }

    /** {@return whether its hash is that of what it says} */
    public boolean isSound() {
        return hash.equals(computed());
    }

    /** {@return the hash that it has to have} */
    String computed() {
        Canonical canonical = new Canonical(number, time, who, what, gate, deployment, details, previous);
        try {
            byte[] json = CanonicalJson.write(canonical).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** What the hash is over; its form is fixed for ever. */
    private record Canonical(
            long number,
            Instant time,
            String who,
            String what,
            String gate,
            String deployment,
            String details,
            String previous) {}
}
