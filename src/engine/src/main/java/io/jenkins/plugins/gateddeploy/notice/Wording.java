package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Former;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is said about a gate, in sentences.
 *
 * @param now as of when
 */
record Wording(Gate gate, Instant now, Directions directions) {
    /** Readers are anywhere, so the zone is written out. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    Notice.Text opened() {
        return text("Approval needed", asking());
    }

    private List<String> asking() {
        List<String> lines = new ArrayList<>();
        if (!gate.subject().message().isBlank()) {
            lines.add(gate.subject().message());
            lines.add("");
        }
        lines.addAll(waiting());
        return lines;
    }

    Notice.Text reminded() {
        return text("Still waiting for approval", waiting());
    }

    Notice.Text escalated(Set<String> to) {
        List<String> lines = new ArrayList<>(List.of("By now " + String.join(", ", to) + " may approve as well.", ""));
        lines.addAll(waiting());
        return text("Approval needed, further people are asked", lines);
    }

    Notice.Text voided(Instant time) {
        List<String> lines = new ArrayList<>();
        lines.add("What is to come has changed, so it needs to be approved anew.");
        gate.former().stream()
                .filter(f -> f.end() == Former.End.VOIDED && !f.time().isBefore(time))
                .forEach(f -> lines.add("No longer counts: " + said(f.decision())));
        lines.add("");
        lines.addAll(asking());
        return text("The plan changed, approval needed anew", lines);
    }

    Notice.Text withdrawn(Former former) {
        List<String> lines = new ArrayList<>(List.of(
                former.decision().name() + " took back what they had said at " + time(former.time()) + ".", ""));
        lines.addAll(waiting());
        return text("Taken back by " + former.decision().name(), lines);
    }

    Notice.Text decided(Decision decision) {
        List<String> lines = new ArrayList<>(List.of(said(decision), ""));
        lines.addAll(waiting());
        return text("Approved by " + decision.name() + ", more is needed", lines);
    }

    Notice.Text closed(Standing standing) {
        // Nobody may have looked at it since its time was over, so the sentence of its closing may be missing.
        String why = gate.closed().map(Gate.Closed::why).orElse("Nobody decided in time.");
        List<String> lines = new ArrayList<>(List.of(why, ""));
        gate.decisions().forEach(decision -> lines.add(said(decision)));
        return text(
                switch (standing) {
                    case APPROVED -> "Approved";
                    case REJECTED -> "Rejected";
                    case TIMED_OUT -> "Nobody decided in time";
                    case CANCELLED -> "Cancelled";
                    case OPEN -> throw new IllegalStateException("gate " + gate.id() + " is open");
                },
                lines);
    }

    private List<String> waiting() {
        List<String> lines = new ArrayList<>();
        gate.needed(now).forEach(need -> lines.add("Needed: " + need.words() + "."));
        gate.hours(now)
                .filter(hours -> hours.isAfter(now))
                .ifPresent(hours -> lines.add("Approvals are taken from " + time(hours) + " on."));
        lines.add("It waits until " + time(gate.deadline()) + ".");
        return lines;
    }

    private static String said(Decision decision) {
        String verdict = decision.verdict() == Decision.Verdict.APPROVE ? "approved" : "rejected";
        return decision.name() + " " + verdict + " at " + time(decision.time())
                + (decision.comment().isBlank() ? "." : ": " + decision.comment());
    }

    private Notice.Text text(String what, List<String> lines) {
        var subject = gate.subject();
        String where = subject.environment().isEmpty() ? subject.app() : subject.app() + " to " + subject.environment();
        List<String> all = new ArrayList<>();
        all.add("What: " + (subject.isDeployment() ? "deploy " + where + ", " : "") + subject.revision());
        if (!subject.job().isEmpty()) {
            all.add("Asked by: " + subject.job() + (subject.build() == 0 ? "" : " #" + subject.build()));
        }
        all.add("");
        all.addAll(lines);
        all.add("");
        all.add(directions
                .link(gate)
                .map(link -> "Look and decide: " + link)
                .orElseGet(() -> directions.otherwise(gate)));
        return new Notice.Text("[" + where + "] " + what + ": " + subject.revision(), all);
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }
}
