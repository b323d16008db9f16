package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.model.queue.QueueListener;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** Notices that a deadline has passed, or that somebody decided by another door. */
@Extension
public final class ApprovalWatch extends AsyncPeriodicWork {
    private static final int SECONDS = 10;

    /** Made by Jenkins. */
    public ApprovalWatch() {
        super("Approvals of builds in the queue");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(SECONDS);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINEST;
    }

    @Override
    protected void execute(TaskListener listener) {
        Approvals.get().look();
    }

    /** Lets go of the gate of an item that is no longer in the queue. */
    @Extension
    public static final class Leaving extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            Awaited awaited = item.getAction(Awaited.class);
            if (awaited != null) {
                Approvals.get().left(awaited, item.isCancelled());
            }
        }
    }
}
