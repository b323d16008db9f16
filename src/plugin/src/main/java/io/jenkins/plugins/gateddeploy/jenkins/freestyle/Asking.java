package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.model.AbstractProject;
import hudson.model.Action;
import hudson.model.Queue;
import java.util.List;

/** Gives each item that needs approval a gate of its own. */
@Extension
public final class Asking extends Queue.QueueDecisionHandler {

    @Override
    public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
        // What was copied from an earlier build would let this one pass with that one's approval.
        actions.removeIf(Awaited.class::isInstance);
        if (task instanceof AbstractProject<?, ?> job && ApprovalProperty.of(job) != null) {
            actions.add(new Awaited());
        }
        return true;
    }
}
