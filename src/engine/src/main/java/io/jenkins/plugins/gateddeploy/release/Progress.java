package io.jenkins.plugins.gateddeploy.release;

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

    /** A phase begins on these targets. */
    void phase(String name, List<Target> targets);

    /** What one target is doing now, in two or three words. */
    void target(Target target, String doing);
}
