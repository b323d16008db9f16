package io.jenkins.plugins.gateddeploy.history;

import java.util.Objects;

/**
 * What asked for a deployment at the host.
 *
 * @param job full name of the host's job, folders before it with slashes: {@code shop/storefront/main}; empty for none
 * @param build number of the job's build; 0 for none
 * @param text for people: {@code storefront » main #42}; may be empty
 */
public record Origin(String job, int build, String text) {
    public Origin {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(text, "text");
        if (build < 0) {
            throw new IllegalArgumentException("builds are numbered from 1, not " + build);
        }
    }

    /** {@return that of a deployment that no job asked for} */
    public static Origin none() {
        return new Origin("", 0, "");
    }
}
