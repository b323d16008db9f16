package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.release.Result;

/** How the process ends, as docs/cli.md promises it. */
final class ExitCode {
    static final int DONE = 0;
    /** The deployment failed, or something broke that nobody at the terminal did wrong. */
    static final int FAILED = 1;
    /** Refused before anything was changed: usage, configuration, credentials, source, or this home. */
    static final int REFUSED = 2;

    static final int PROBLEMS = 3;
    /** Rejected, cancelled or timed out. */
    static final int CANCELLED = 4;
    /** Somebody else holds the lock. */
    static final int LOCKED = 5;

    private ExitCode() {}

    static int of(Result result) {
        if (result.locked()) {
            return LOCKED;
        }
        return switch (result.record().state()) {
            case SUCCEEDED -> DONE;
            case CANCELLED, REJECTED -> CANCELLED;
            case QUEUED, CHECKING, HELD, DEPLOYING, CONFIRMING, FAILED, ROLLED_BACK, INTERRUPTED -> FAILED;
        };
    }
}
