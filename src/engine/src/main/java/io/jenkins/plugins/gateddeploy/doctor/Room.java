package io.jenkins.plugins.gateddeploy.doctor;

import java.util.OptionalLong;

/** How much room a deployment takes on a target. */
@FunctionalInterface
public interface Room {

    /**
     * {@return KiB that the files of the version take, as far as that can be told} It may take a moment to find out, so
     * it is asked only where there is little room; called by one thread at a time.
     */
    OptionalLong kilobytes();

    /** {@return that nobody knows} */
    static Room unknown() {
        return OptionalLong::empty;
    }

    /** {@return that nothing comes that is not there already} */
    static Room none() {
        return () -> OptionalLong.of(0);
    }
}
