package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.model.AbstractProject;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps items in the queue that wait for approval. Runs under the queue's lock, so it only reads what is known. */
@Extension
public final class ApprovalDispatcher extends QueueTaskDispatcher {

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof AbstractProject<?, ?> job) || ApprovalProperty.of(job) == null) {
            return null;
        }
        Awaited awaited = item.getAction(Awaited.class);
        if (awaited == null) {
            return new Waits(Messages.ApprovalDispatcher_before());
        }
        Optional<Gate> gate = Approvals.get().known(awaited, job, item);
        if (gate.isEmpty()) {
            return new Waits(Messages.ApprovalDispatcher_asking());
        }
        return switch (gate.get().standing(Instant.now())) {
            case APPROVED -> null;
            case OPEN -> new Waits(Messages.ApprovalDispatcher_waits(needs(gate.get())));
            default -> new Waits(gate.get().closed().map(Gate.Closed::why).orElse(Standing.TIMED_OUT.name()));
        };
    }

    private static String needs(Gate gate) {
        return gate.needed().stream()
                .map(n -> n.missing() == 1 ? n.who() : Messages.ApprovalDispatcher_several(n.missing(), n.who()))
                .collect(Collectors.joining("; "));
    }
}
