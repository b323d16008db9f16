package io.jenkins.plugins.gateddeploy.jenkins.lane;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.time.Duration;

/** Looks at the lanes now and then: a turn that was not heard of comes late, and not never. */
@Extension
public final class SlowLook extends PeriodicWork {
    @Override
    public long getRecurrencePeriod() {
        return Duration.ofSeconds(30).toMillis();
    }

    @Override
    protected void doRun() {
        Turns.get().lookEverywhere();
    }
}
