package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.What;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.registration.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Something had started by itself, and was not deployed. It is kept in the audit trail, so that whoever wonders need not
 * find the build whose log says so.
 *
 * @param place where it would have been deployed
 * @param time when that was decided
 * @param by who or what had started it, for people
 * @param origin what would have deployed it
 * @param why one sentence or more
 */
public record Skipped(Place place, Instant time, String by, Origin origin, String why) {
    public Skipped {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(why, "why");
    }

    /** Writes it down. */
    public static void note(Audit audit, Place place, Actor starter, Origin origin, String why, Instant now) {
        Map<String, ?> details = Map.of(
                "app", place.application(),
                "environment", place.environment(),
                "by", starter.name(),
                "job", origin.job(),
                "build", origin.build(),
                "origin", origin.text(),
                "why", why);
        audit.add(new AuditEntry.Note(now, starter.id(), What.SKIPPED, "", "", details));
    }

    /** {@return the recent ones, newest first; of each build and place the last, as several of its steps may say the same} */
    public static List<Skipped> recent(Audit audit) {
        List<Skipped> all = new ArrayList<>();
        Set<List<Object>> known = new HashSet<>();
        for (AuditEntry entry : audit.recent(What.SKIPPED)) {
            Skipped skipped = of(entry);
            if (known.add(List.of(skipped.place, skipped.origin.job(), skipped.origin.build()))) {
                all.add(skipped);
            }
        }
        return all;
    }

    private static Skipped of(AuditEntry entry) {
        Map<?, ?> details = CanonicalJson.read(entry.details(), Map.class);
        return new Skipped(
                new Place(text(details, "app"), text(details, "environment")),
                entry.time(),
                text(details, "by"),
                new Origin(
                        text(details, "job"),
                        details.get("build") instanceof Number build ? build.intValue() : 0,
                        text(details, "origin")),
                text(details, "why"));
    }

    private static String text(Map<?, ?> details, String name) {
        return details.get(name) instanceof String text ? text : "";
    }
}
