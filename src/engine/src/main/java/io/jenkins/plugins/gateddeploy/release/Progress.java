package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.List;

/** Follows a deployment for a display: one phase after the other, in each phase every target. Must return soon. */
public interface Progress {

    /** {@return a display that shows nothing} */
    static Progress none() {
        return new Progress() {
            @Override
            public void phase(String name, List<Target> targets) {
                // nothing to show
            }

            @Override
            public void target(Target target, String doing) {
                // nothing to show
            }
        };
    }

    /**
     * A deployment was written into the history; nothing has been connected yet. What a host must keep to settle it
     * after a crash is kept when this returns.
     */
    default void begun(DeploymentRecord record) {
        // a display need not know
    }

    /** A phase begins on these targets. */
    void phase(String name, List<Target> targets);

    /** What one target is doing now, in two or three words. */
    void target(Target target, String doing);

    /** What one target did has gone wrong; whether the deployment has failed shows at the end of its phase. */
    default void failed(Target target, String what) {
        target(target, what + " failed");
    }
}
