package io.jenkins.plugins.gateddeploy.cli;

/** A deployment that had begun broke off for a reason that lies in this machine; its next start settles it. */
final class BrokenOff extends Exception {
    private static final long serialVersionUID = 1;

    BrokenOff(Exception cause) {
        super(
                "The deployment broke off: " + cause.getMessage()
                        + " The next deployment, or the command unlock, settles what it left behind.",
                cause);
    }
}
