package io.jenkins.plugins.gateddeploy.notice;

/** People could not be told. Its message is written to a log: it holds no secret, and no address that is one. */
public final class Undelivered extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean hopeless;

    private Undelivered(String message, boolean hopeless) {
        super(message);
        this.hopeless = hopeless;
    }

    /** {@return one after which it is tried again} */
    public static Undelivered later(String message) {
        return new Undelivered(message, false);
    }

    /** {@return one after which trying again would end the same way} */
    public static Undelivered forGood(String message) {
        return new Undelivered(message, true);
    }

    /** {@return whether trying again would end the same way} */
    public boolean hopeless() {
        return hopeless;
    }
}
