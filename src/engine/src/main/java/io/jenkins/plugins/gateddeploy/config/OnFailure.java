package io.jenkins.plugins.gateddeploy.config;

/** What happens to targets that already switched when one fails. */
public enum OnFailure {
    /** They go back to the release they had. */
    ROLLBACK,
    /** Everything stays as it is, for a person to look at. */
    STOP
}
