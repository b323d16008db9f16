package io.jenkins.plugins.gateddeploy.jenkins.gate;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step's wait at a gate: marked, so that views of stages do not count it as work. Holds no thread. */
public final class Pause {
    private final Mark mark;
    private final String gate;

    /** @param gate its id */
    public Pause(StepContext context, String gate) {
        this.mark = new Mark(context, "Approval");
        this.gate = gate;
    }

    /**
     * Begins, or goes on after Jenkins was restarted.
     *
     * @param then told once when the gate has closed
     */
    public void begin(Consumer<Gate> then) {
        mark.begin();
        Waiters.get().await(gate, closed -> {
            end();
            then.accept(closed);
        });
    }

    /** Ends without the gate having closed. */
    public void end() {
        Waiters.get().forget(gate);
        mark.end();
    }
}
