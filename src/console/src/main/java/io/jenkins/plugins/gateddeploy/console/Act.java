package io.jenkins.plugins.gateddeploy.console;

/** What somebody wants to do with the deployments of an environment. */
public enum Act {
    /** See them with their logs. */
    VIEW,
    /** Go back to an earlier release. */
    ROLL_BACK,
    /** Decide a gate. */
    APPROVE,
    /** Reorder, pause and resume the lane, and take out of it what others wait with. */
    MANAGE_LANE
}
