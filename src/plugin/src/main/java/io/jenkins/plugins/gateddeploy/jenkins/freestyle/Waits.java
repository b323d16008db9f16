package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.model.queue.CauseOfBlockage;

/** Why an item stays in the queue, in one sentence for people. */
final class Waits extends CauseOfBlockage {
    private final String why;

    Waits(String why) {
        this.why = why;
    }

    @Override
    public String getShortDescription() {
        return why;
    }
}
