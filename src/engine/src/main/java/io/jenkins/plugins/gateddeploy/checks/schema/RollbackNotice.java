package io.jenkins.plugins.gateddeploy.checks.schema;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people should know who go back over a deployment that deleted data: the release comes back, the data does not. */
public final class RollbackNotice {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RollbackNotice() {}

    /**
     * A deployment that was made although data would go.
     *
     * @param number of the deployment
     * @param ended when it ended
     * @param losses messages of its problems {@code schema.data-loss}, at least one
     * @param backups where copies were made before; empty for none
     */
    public record Loss(int number, Instant ended, List<String> losses, List<String> backups) {
        public Loss {
            Objects.requireNonNull(ended, "ended");
            losses = List.copyOf(losses);
            backups = List.copyOf(backups);
        }
    }

    /**
     * {@return what to say before such a rollback, a paragraph a deployment; empty when no data was deleted in between}
     *
     * @param over the deployments that are taken back, in any order
     * @param retention how long the environment keeps deleted data; empty when it does not say
     * @param now the time
     */
    public static Optional<String> of(List<Loss> over, Optional<Duration> retention, Instant now) {
        String text = over.stream()
                .filter(loss -> !loss.losses().isEmpty())
                .map(loss -> paragraph(loss, retention, now))
                .collect(Collectors.joining("\n"));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String paragraph(Loss loss, Optional<Duration> retention, Instant now) {
        return "Deployment #" + loss.number() + " (" + TIME.format(loss.ended())
                + ") deleted data that the release you go back to may need: " + String.join(" ", loss.losses())
                + " Going back does not bring it back. "
                + retention
                        .map(kept -> kept(loss.ended().plus(kept), kept, now))
                        .orElse("How long deleted data is kept is not stated (schema.retention). ")
                + backup(loss.backups());
    }

    private static String kept(Instant until, Duration retention, Instant now) {
        return now.isBefore(until)
                ? "The data is still there: it is kept for " + words(retention) + ", until " + TIME.format(until) + ". "
                : "The data was kept for " + words(retention) + ", until " + TIME.format(until) + ", and is gone. ";
    }

    private static String backup(List<String> backups) {
        return backups.isEmpty() ? "No backup is recorded." : "Backup: " + String.join(", ", backups) + ".";
    }

    private static String words(Duration duration) {
        long hours = duration.toHours();
        if (hours >= 48 && hours % 24 == 0) {
            return hours / 24 + " days";
        }
        return duration.toSeconds() % 3600 == 0 ? hours + " h" : duration.toMinutes() + " min";
    }
}
