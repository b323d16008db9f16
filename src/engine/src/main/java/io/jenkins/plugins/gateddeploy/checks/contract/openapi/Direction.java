package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

/** Which way a value goes. */
enum Direction {
    /** From a client to the application: what was accepted has to be accepted. */
    SENT,
    /** From the application to a client: what comes has to be what could come before. */
    READ;

    Direction turned() {
        return this == SENT ? READ : SENT;
    }
}
