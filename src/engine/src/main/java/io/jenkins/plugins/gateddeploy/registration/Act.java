package io.jenkins.plugins.gateddeploy.registration;

/** What somebody wants to do to an environment. */
public enum Act {
    /** Make a version current. */
    DEPLOY("deploy to"),
    /** Make a version current that was current before. */
    ROLL_BACK("roll back"),
    /** Take away a lock that a deployment which died has left there. */
    RELEASE_LOCK("release the lock of"),
    /** Reorder, pause and resume its lane, and take out of it what others wait with. */
    MANAGE_LANE("manage the lane of");

    private final String words;

    Act(String words) {
        this.words = words;
    }

    /** {@return as people read it before the name of an environment: {@code deploy to}} */
    public String words() {
        return words;
    }
}
