package io.jenkins.plugins.gateddeploy.jenkins.gate;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * Marks a step that waits, so that views of stages do not count it as work.
 *
 * @param context of the step
 * @param cause what it waits for, in a word or two
 */
public record Mark(StepContext context, String cause) {
    private static final Logger LOGGER = Logger.getLogger(Mark.class.getName());

    /** It waits from now on; once, however often it is said. */
    public void begin() {
        mark(node -> {
            if (!PauseAction.isPaused(node)) {
                node.addAction(new PauseAction(cause));
            }
        });
    }

    /** It waits no longer. */
    public void end() {
        mark(PauseAction::endCurrentPause);
    }

    private interface Marking {
        void on(FlowNode node) throws IOException;
    }

    /** A mark is worth no failure. */
    private void mark(Marking marking) {
        try {
            FlowNode node = context.get(FlowNode.class);
            if (node != null) {
                marking.on(node);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Marking a step as waiting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
