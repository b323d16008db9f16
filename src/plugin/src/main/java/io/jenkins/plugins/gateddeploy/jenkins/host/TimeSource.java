package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.time.Clock;

/** What time it is for schedules, and for builds that wait in the queue until an environment opens. */
public interface TimeSource extends ExtensionPoint {

    /** {@return a clock} */
    Clock clock();

    /** {@return the clock of this Jenkins: that of the machine, unless something else gives one} */
    static Clock current() {
        return ExtensionList.lookup(TimeSource.class).stream()
                .findFirst()
                .map(TimeSource::clock)
                .orElseGet(Clock::systemUTC);
    }
}
