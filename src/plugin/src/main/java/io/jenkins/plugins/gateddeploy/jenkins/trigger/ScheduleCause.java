package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.model.Cause;
import io.jenkins.plugins.gateddeploy.jenkins.host.AutomaticCause;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import java.util.Objects;

/** A schedule was due. */
public final class ScheduleCause extends Cause implements AutomaticCause {
    /** When it had been due; empty when it is on time. */
    private final String missed;

    private ScheduleCause(String missed) {
        this.missed = missed;
    }

    static ScheduleCause onTime() {
        return new ScheduleCause("");
    }

    static ScheduleCause late(String due) {
        return new ScheduleCause(due);
    }

    @Override
    public Starter.Kind starter() {
        return Starter.Kind.TIMER;
    }

    @Override
    public String getShortDescription() {
        return missed.isEmpty() ? Messages.ScheduleCause_onTime() : Messages.ScheduleCause_late(missed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScheduleCause cause && cause.missed.equals(missed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(missed);
    }
}
