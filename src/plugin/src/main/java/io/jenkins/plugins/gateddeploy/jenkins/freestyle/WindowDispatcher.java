package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.model.Project;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;

/**
 * Keeps items in the queue whose environment is closed and lets deployments wait. Runs under the queue's lock, so it only
 * reads what is known.
 */
@Extension
public final class WindowDispatcher extends QueueTaskDispatcher {

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof Project<?, ?> job)) {
            return null;
        }
        Doors.Standing standing = Doors.get().known(item, job);
        if (!standing.isKnown()) {
            return new Waits(Messages.WindowDispatcher_looking());
        }
        return standing.shut()
                .map(shut -> new Waits(Messages.WindowDispatcher_waits(
                        shut.environment(), shut.closed().why(), shut.closed().opening())))
                .orElse(null);
    }
}
