package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Outcome;

/** A command could not be brought to its end; says so as an outcome. */
final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    private final Outcome.Unreached outcome;

    Unreachable(Outcome.Reason reason, String message, String mend) {
        this(reason, message, mend, null);
    }

    Unreachable(Outcome.Reason reason, String message, String mend, Throwable cause) {
        super(message, cause);
        this.outcome = new Outcome.Unreached(reason, message, mend);
    }

    Outcome.Unreached outcome() {
        return outcome;
    }
}
