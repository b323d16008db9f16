package io.jenkins.plugins.gateddeploy.gate;

/** Where a gate stands. All but the first are for ever. */
public enum Standing {
    /** It waits for people. */
    OPEN,
    /** Every clause is met. */
    APPROVED,
    /** Somebody who may approve said no. */
    REJECTED,
    /** Its deadline came first. */
    TIMED_OUT,
    /** Taken back by whoever opened it: its build was aborted, its plan changed. */
    CANCELLED
}
