package io.jenkins.plugins.gateddeploy.lane;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody wants to have a lane for.
 *
 * @param deployment id of the announced deployment; empty for a piece of a script that deploys by itself
 * @param under id of the entry that holds the lane for this one too; empty for none
 * @param title for people: {@code deployment #42 of v1.3}
 * @param ref branch, tag or commit, as it was asked for; empty when there is none
 * @param asker who asks
 * @param since when it joined
 */
public record Claim(String deployment, String under, String title, String ref, Asker asker, Instant since) {
    public Claim {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(under, "under");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(asker, "asker");
        Objects.requireNonNull(since, "since");
    }

    /**
     * Who asks.
     *
     * @param person user id
     * @param job full name of the host's job; empty for none
     * @param build number of its build; 0 for none
     */
    public record Asker(String person, String job, int build) {
        public Asker {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(job, "job");
        }
    }
}
