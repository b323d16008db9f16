package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Mark;
import io.jenkins.plugins.gateddeploy.jenkins.lane.TakenOut;
import io.jenkins.plugins.gateddeploy.jenkins.lane.Turns;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * How a step waits in a lane.
 *
 * @param context of the step
 * @param entry its place
 */
record Line(StepContext context, Entry entry) {

    /** Says why a place is gone, in one sentence for people. */
    @FunctionalInterface
    interface Gone {
        String why() throws IOException, InterruptedException;
    }

    /** {@return the wait, which nobody ends yet} */
    Wait standing(Wait.Act giveUp) {
        return new Wait(
                context,
                () -> {
                    Turns.get().forget(entry.id());
                    mark().end();
                },
                giveUp);
    }

    /**
     * Has the wait ended when it is the turn of the entry, or when somebody has taken it out, which the step ends with.
     *
     * @param turn what is done when it is its turn
     */
    void listen(Wait wait, Runnable turn, Gone gone) {
        mark().begin();
        Turns.get()
                .await(
                        entry,
                        () -> wait.end(turn::run),
                        () -> wait.end(() -> context.onFailure(
                                new FlowInterruptedException(Result.ABORTED, true, new TakenOut(gone.why())))));
    }

    private Mark mark() {
        return new Mark(context, "Lane");
    }
}
