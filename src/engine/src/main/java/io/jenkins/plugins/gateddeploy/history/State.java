package io.jenkins.plugins.gateddeploy.history;

/** Where a deployment stands. */
public enum State {
    /** Waits in its lane, or for the lock of its targets. */
    QUEUED,
    /** Configuration, credentials, source and targets are looked at. */
    CHECKING,
    /** Waits at a gate. */
    HELD,
    /** The targets are being changed. */
    DEPLOYING,
    /** Switched; health checks run. */
    CONFIRMING,
    /** The new release is current on every target. */
    SUCCEEDED(true),
    /** It did not become current, or not everywhere; the target outcomes say what is current. */
    FAILED(true),
    /** It failed, and the previous release is current again on every target that had switched. */
    ROLLED_BACK(true),
    /** People said no. */
    REJECTED(true),
    /** Taken back by a person, or timed out, before it was done. */
    CANCELLED(true),
    /** The host died meanwhile; the targets have been settled since, or will be at its next start. */
    INTERRUPTED(true);

    private final boolean last;

    State() {
        this(false);
    }

    State(boolean last) {
        this.last = last;
    }

    /** {@return whether nothing comes after it} */
    public boolean isFinal() {
        return last;
    }
}
