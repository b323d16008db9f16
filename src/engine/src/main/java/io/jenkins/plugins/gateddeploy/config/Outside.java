package io.jenkins.plugins.gateddeploy.config;

/** What becomes of a deployment that is asked for while none may start. */
public enum Outside {
    /** It waits, where the host can wait. */
    WAIT,
    /** It is refused. */
    REFUSE
}
