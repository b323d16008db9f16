package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * The workspace in which a step has begun, and which it keeps.
 *
 * @param agent its name; empty for the controller
 * @param path on the agent
 */
record Workspace(String agent, String path) {
    private static final long GLANCE_MILLIS = 1000;

    /**
     * {@return the workspace, when its agent is there} An agent takes a while to come back after a restart. When it is
     * given up, the step is stopped.
     *
     * @throws AbortException when the agent was deleted
     */
    FilePath await(TaskListener listener) throws AbortException, InterruptedException {
        boolean said = false;
        while (true) {
            Optional<Node> node = JenkinsHost.node(agent);
            Optional<FilePath> found = node.map(n -> n.createPath(path));
            if (found.isPresent()) {
                return found.get();
            }
            if (node.isEmpty()) {
                throw new AbortException(
                        "The agent " + agent + " was deleted, and the workspace " + path + " with it.");
            }
            if (!said) {
                listener.getLogger().println("Waiting for the agent " + agent + ".");
                said = true;
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** {@return by which label the surrounding {@code node} chose its agent: the executor knows the agent's name only} */
    static String label(FlowNode here) {
        for (BlockStartNode block : here.iterateEnclosingBlocks()) {
            // A block's body begins with a node of its own, which has no arguments.
            StepDescriptor step = block instanceof StepNode node ? node.getDescriptor() : null;
            if (step != null
                    && step.getFunctionName().equals("node")
                    && ArgumentsAction.getFilteredArguments(block).get("label") instanceof String wanted) {
                return wanted;
            }
        }
        return "";
    }
}
