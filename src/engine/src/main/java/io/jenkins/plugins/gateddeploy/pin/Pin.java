package io.jenkins.plugins.gateddeploy.pin;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A commit that was taken back in an environment.
 *
 * @param id unique
 * @param app application
 * @param environment environment
 * @param commit full commit or content digest that was taken back
 * @param release id of the release that was taken back
 * @param deployment id of the rollback that did it, or of the deployment that went back by itself
 * @param who user id of who went back; empty when it went back by itself
 * @param since when
 * @param lifted how it ended; empty while it stands
 */
public record Pin(
        String id,
        String app,
        String environment,
        String commit,
        String release,
        String deployment,
        String who,
        Instant since,
        Optional<Lifted> lifted) {
    public Pin {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(lifted, "lifted");
    }

    /**
     * How a pin ended.
     *
     * @param who user id of who lifted it, or who started the deployment that did
     * @param when the time
     * @param why one sentence; may be empty
     */
    public record Lifted(String who, Instant when, String why) {
        public Lifted {
            Objects.requireNonNull(who, "who");
            Objects.requireNonNull(when, "when");
            Objects.requireNonNull(why, "why");
        }
    }

    /** {@return the first digits of the commit} */
    public String shortCommit() {
        return commit.substring(0, Math.min(7, commit.length()));
    }

    /** {@return as people read it: {@code 1a2b3c4 was taken back by alice at 2026-03-29T12:00:00Z}} */
    public String words() {
        return shortCommit() + (who.isEmpty() ? " went back by itself" : " was taken back by " + who) + " at "
                + since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }
}
