package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Waiters;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The gates that items of the queue wait at: gates as any others, decided through {@link
 * io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions}. The queue asks often and under its lock, so what it sees is in
 * memory, and the store is read and written by other threads.
 */
@Extension
public final class Approvals {
    private static final Logger LOGGER = Logger.getLogger(Approvals.class.getName());

    private final Map<String, Gate> known = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /** {@return the one of this Jenkins} */
    static Approvals get() {
        return ExtensionList.lookupSingleton(Approvals.class);
    }

    private static Gates gates() {
        return JenkinsHost.get().history().gates();
    }

    /** {@return the gate as it was last seen; empty at first, when it is opened, or found again after a restart} */
    Optional<Gate> known(Awaited awaited, Job<?, ?> job, Queue.Item item) {
        Gate gate = known.get(awaited.getGate());
        ApprovalProperty property = ApprovalProperty.of(job);
        if (gate == null && property != null && asked.add(awaited.getGate())) {
            // Everything about the item is read here, under the queue's lock.
            Gate wanted = Gate.opening(
                    awaited.getGate(),
                    subject(job, property, item),
                    new Rules(List.of(property.clause()), Set.of(), 0),
                    Instant.now());
            soon(() -> open(wanted));
        }
        return Optional.ofNullable(gate);
    }

    private void open(Gate wanted) {
        String gate = wanted.id();
        boolean waits;
        try {
            known.put(gate, gates().open(wanted));
            Waiters.get().await(gate, this::saw, this::saw);
        } finally {
            // The queue asks again, and so does this when it could not be opened.
            waits = asked.remove(gate);
        }
        if (!waits) {
            letGo(gate);
            cancel(gate);
        }
    }

    private static Subject subject(Job<?, ?> job, ApprovalProperty property, Queue.Item item) {
        String parameters = item.getActions(ParametersAction.class).stream()
                .flatMap(a -> a.getParameters().stream())
                .map(p -> p.isSensitive() ? p.getName() + "=****" : String.valueOf(p.getShortDescription()))
                .collect(Collectors.joining(", "));
        return new Subject(
                job.getFullName(),
                "",
                "",
                parameters.isEmpty() ? job.getFullDisplayName() : job.getFullDisplayName() + " " + parameters,
                property.getMessage(),
                "",
                job.getFullName(),
                0);
    }

    /** An item has left the queue. */
    private void left(String gate, boolean cancelled) {
        // Whoever is just opening its gate finds out by this.
        asked.remove(gate);
        letGo(gate);
        if (cancelled) {
            soon(() -> cancel(gate));
        }
    }

    private void letGo(String gate) {
        known.remove(gate);
        Waiters.get().forget(gate);
    }

    private static void cancel(String gate) {
        try {
            gates().cancel(gate, "It was taken out of the queue.", Instant.now());
        } catch (GateException e) {
            LOGGER.log(Level.FINE, "There is no gate to take back", e);
        }
    }

    /** Hears how a gate stands; by several threads, so the news may be old. */
    private void saw(Gate gate) {
        known.computeIfPresent(gate.id(), (id, before) -> isOlder(gate, before) ? before : gate);
        Standing standing = gate.standing(Instant.now());
        if (standing == Standing.OPEN || standing == Standing.APPROVED) {
            Queue.getInstance().scheduleMaintenance();
        } else {
            item(gate.id()).ifPresent(Queue.getInstance()::cancel);
        }
    }

    private static boolean isOlder(Gate gate, Gate other) {
        return other.closed().isPresent()
                || (gate.closed().isEmpty()
                        && gate.decisions().size() < other.decisions().size());
    }

    /** {@return the item that waits at a gate, whoever asks: who decides need not see the queue} */
    private static Optional<Queue.Item> item(String gate) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return Arrays.stream(Queue.getInstance().getItems())
                    .filter(i -> Optional.ofNullable(i.getAction(Awaited.class))
                            .filter(a -> a.getGate().equals(gate))
                            .isPresent())
                    .findFirst();
        }
    }

    private static void soon(Runnable work) {
        JenkinsHost.get().soon(() -> {
            try {
                work.run();
            } catch (HistoryException e) {
                LOGGER.log(Level.WARNING, "Cannot keep an approval; it is tried again", e);
            }
        });
    }

    /** Lets go of the gate of an item that is no longer in the queue. */
    @Extension
    public static final class Leaving extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            Awaited awaited = item.getAction(Awaited.class);
            if (awaited != null) {
                get().left(awaited.getGate(), item.isCancelled());
            }
        }
    }
}
