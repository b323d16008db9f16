package io.jenkins.plugins.gateddeploy.window;

import io.jenkins.plugins.gateddeploy.config.Outside;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * That no deployment may start now.
 *
 * @param now when
 * @param why a part of a sentence for people
 * @param opens when one may next; empty when never
 * @param outside what becomes of one that is asked for now
 * @param zone by whose clocks people are told
 */
public record Closed(Instant now, String why, Optional<Instant> opens, Outside outside, ZoneId zone) {
    /** No deployment may start now. Nobody can force it: an emergency has a way of its own. */
    public static final String PROBLEM = "window.closed";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    public Closed {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(opens, "opens");
        Objects.requireNonNull(outside, "outside");
        Objects.requireNonNull(zone, "zone");
    }

    /** {@return whether a deployment may wait for it to open} */
    public boolean waits() {
        return outside == Outside.WAIT && opens.isPresent();
    }

    /** {@return when it opens, for people: {@code 2026-11-23 09:00 (Europe/Berlin)}} */
    public String opening() {
        return opens.map(time -> TIME.format(time.atZone(zone)) + " (" + zone.getId() + ")")
                .orElse("never");
    }

    /** {@return what stands against a deployment that starts now} */
    public Problem problem(String environment) {
        return Problem.error(
                PROBLEM,
                environment + " is closed: " + why + ". " + sentence(),
                "Deploy then. In an emergency, give a reason for going past it, if you are one of those who may.");
    }

    /** {@return what is said to one that is planned now: where it may wait, nothing stands against it} */
    public Problem planned(String environment) {
        return waits()
                ? Problem.warning(
                        PROBLEM,
                        environment + " is closed: " + why + ".",
                        "A deployment that is asked for now waits until " + opening() + ".")
                : problem(environment);
    }

    /** {@return what is said when somebody goes past it} */
    public Problem passed(String environment, String reason) {
        return Problem.warning(
                PROBLEM, environment + " is closed: " + why + ". In an emergency it goes on: " + reason, "");
    }

    /** {@return what is said while a deployment waits} */
    public String waiting(String environment) {
        return "Waiting until " + opening() + ": " + environment + " is closed, since " + why + ".";
    }

    private String sentence() {
        return opens.isPresent() ? "It opens next at " + opening() + "." : "It never opens as it is configured.";
    }
}
