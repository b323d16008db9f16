package io.jenkins.plugins.gateddeploy.trigger;

/** A delivery that is not taken, with what its sender is told: nothing that helps to guess a secret. */
public final class Rejected extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * A rejection.
     *
     * @param status of HTTP, 400 to 499
     * @param message one sentence for whoever set the webhook up
     */
    public Rejected(int status, String message) {
        super(message);
        this.status = status;
    }

    /** {@return the status of HTTP} */
    public int status() {
        return status;
    }
}
