package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is said about a gate, in sentences. */
record Wording(Gate gate, Directions directions) {
    /** Readers are anywhere, so the zone is written out. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    Notice.Text opened() {
        List<String> lines = new ArrayList<>();
        if (!gate.subject().message().isBlank()) {
            lines.add(gate.subject().message());
            lines.add("");
        }
        lines.addAll(waiting());
        return text("Approval needed", lines);
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
                    case CANCELLED -> "Taken back";
                    case OPEN -> throw new IllegalStateException("gate " + gate.id() + " is open");
                },
                lines);
    }

    private List<String> waiting() {
        return Stream.concat(
                        gate.needed().stream().map(need -> "Needed: " + need.words() + "."),
                        Stream.of("It waits until " + time(gate.deadline()) + "."))
                .toList();
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
        all.add("What: " + (subject.environment().isEmpty() ? "" : "deploy " + where + ", ") + subject.revision());
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
