package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.labels.LabelAtom;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;

/**
 * An executor of an agent that is held while a deployment's connections start there, so that an administrator's limits
 * count for deployments too. It is waited for in Jenkins' queue like any other, from the moment at which a deployment
 * turns to its servers, until it has nothing to do there but to watch. When Jenkins ends, nothing is left of it.
 */
final class Seat implements AutoCloseable {
    private static final long GLANCE_MILLIS = 500;

    private final CompletableFuture<String> agent = new CompletableFuture<>();
    private final CountDownLatch givenBack = new CountDownLatch(1);

    private Seat() {}

    /**
     * Waits until an agent with that label has an executor to give.
     *
     * @param job in whose name it is waited for; who may cancel its builds may cancel this
     * @return empty seats are none: null when somebody took the wish out of the queue
     */
    static Seat take(String label, Item job) throws InterruptedException {
        Seat seat = new Seat();
        Queue queue = Jenkins.get().getQueue();
        Queue.Item item = queue.schedule2(new Wish(seat, label, job), 0).getItem();
        boolean seated = false;
        try {
            while (item != null && !item.getFuture().isCancelled()) {
                try {
                    seat.agent.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                    seated = true;
                    return seat;
                } catch (TimeoutException e) {
                    // It is not our turn yet.
                }
            }
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An executor never fails to say where it is.", e);
        } finally {
            if (!seated) {
                seat.close();
                if (item != null) {
                    queue.cancel(item);
                }
            }
        }
    }

    /** {@return the name of the agent} */
    String agent() {
        return agent.join();
    }

    @Override
    public void close() {
        givenBack.countDown();
    }

    /** What waits in the queue. */
    private record Wish(Seat seat, String label, Item job) implements Queue.TransientTask {
        @Override
        public String getName() {
            return getDisplayName();
        }

        @Override
        public String getDisplayName() {
            return "Deployment of " + job.getFullDisplayName();
        }

        @Override
        public String getFullDisplayName() {
            return getDisplayName();
        }

        @Override
        public String getUrl() {
            return job.getUrl();
        }

        @Override
        public Label getAssignedLabel() {
            Label known = Jenkins.get().getLabel(label);
            return known == null ? new LabelAtom(label) : known;
        }

        /** Two deployments of a job are two wishes. */
        @Override
        public boolean isConcurrentBuild() {
            return true;
        }

        @Override
        public void checkAbortPermission() {
            job.checkPermission(Item.CANCEL);
        }

        @Override
        public boolean hasAbortPermission() {
            return job.hasPermission(Item.CANCEL);
        }

        @Override
        public Queue.Executable createExecutable() {
            return new Sitting(this);
        }
    }

    /** What keeps the executor. */
    private record Sitting(Wish wish) implements Queue.Executable {
        @Override
        public Wish getParent() {
            return wish;
        }

        /** An executor that is stopped by a person only stops being held; the build is what stops the deployment. */
        @Override
        public void run() {
            wish.seat.agent.complete(Objects.requireNonNull(Executor.currentExecutor())
                    .getOwner()
                    .getName());
            try {
                wish.seat.givenBack.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
