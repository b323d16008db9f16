package io.jenkins.plugins.gateddeploy.jenkins.gate;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** A step's wait at a gate: marked, so that views of stages do not count it as work. Holds no thread. */
public final class Pause {
    private static final Logger LOGGER = Logger.getLogger(Pause.class.getName());
    private static final String CAUSE = "Approval";

    private final StepContext context;
    private final String gate;

    /** @param gate its id */
    public Pause(StepContext context, String gate) {
        this.context = context;
        this.gate = gate;
    }

    /**
     * Begins, or goes on after Jenkins was restarted.
     *
     * @param then told once when the gate has closed
     */
    public void begin(Consumer<Gate> then) {
        mark(node -> {
            if (!PauseAction.isPaused(node)) {
                node.addAction(new PauseAction(CAUSE));
            }
        });
        Waiters.get().await(gate, closed -> {
            end();
            then.accept(closed);
        });
    }

    /** Ends without the gate having closed. */
    public void end() {
        Waiters.get().forget(gate);
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
