package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.util.List;
import java.util.UUID;

/** The gate that one item of the queue waits at; kept with the item, and with the build that it becomes. */
public final class Awaited extends InvisibleAction implements Queue.QueueAction {
    private final String gate = UUID.randomUUID().toString();

    /** {@return the gate's id} */
    public String getGate() {
        return gate;
    }

    /** People decide on this item alone: another one is not folded into it. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }
}
