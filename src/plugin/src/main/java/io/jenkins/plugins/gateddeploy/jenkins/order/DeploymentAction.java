package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a build has to do with deployments. Everything else about them is in the history. */
public final class DeploymentAction extends InvisibleAction {
    private final ArrayList<Deployed> deployments = new ArrayList<>();
    private ArrayList<String> evidence = new ArrayList<>();

    /** One deployment; a plain class, because it is saved with the build. */
    public static final class Deployed {
        private final String application;
        private final String environment;
        private final int number;
        private final String id;

        Deployed(String application, String environment, int number, String id) {
            this.application = application;
            this.environment = environment;
            this.number = number;
            this.id = id;
        }

        /** {@return the application} */
        public String getApplication() {
            return application;
        }

        /** {@return the environment} */
        public String getEnvironment() {
            return environment;
        }

        /** {@return from 1 within application and environment} */
        public int getNumber() {
            return number;
        }

        /** {@return the id in the history} */
        public String getId() {
            return id;
        }
    }

    /** {@return the deployments, in the order in which they were first known} */
    public synchronized List<Deployed> getDeployments() {
        return List.copyOf(deployments);
    }

    /** {@return paths of archived artifacts that people should look at before they decide} */
    public synchronized List<String> getEvidence() {
        return List.copyOf(evidence);
    }

    /** {@return whether it was not known yet} */
    private synchronized boolean add(Deployed deployment) {
        return deployments.stream().noneMatch(d -> d.id.equals(deployment.id)) && deployments.add(deployment);
    }

    /** {@return whether some were not known yet} */
    private synchronized boolean show(List<String> artifacts) {
        return evidence.addAll(
                artifacts.stream().filter(a -> !evidence.contains(a)).distinct().toList());
    }

    /** A build that was saved before there was evidence has none. */
    private Object readResolve() {
        evidence = evidence == null ? new ArrayList<>() : evidence;
        return this;
    }

    /**
     * Adds a deployment to those of a build; once, however often it is said.
     *
     * @throws IOException when the build cannot be saved
     */
    public static void remember(Run<?, ?> build, DeploymentRecord record) throws IOException {
        change(
                build,
                action -> action.add(new Deployed(record.app(), record.environment(), record.number(), record.id())));
    }

    /**
     * Gives a build its page, before it deploys anything.
     *
     * @param evidence paths of archived artifacts that people should look at; may be empty
     * @throws IOException when the build cannot be saved
     */
    static void announce(Run<?, ?> build, List<String> evidence) throws IOException {
        change(build, action -> action.show(evidence));
    }

    private static void change(Run<?, ?> build, Predicate<DeploymentAction> change) throws IOException {
        boolean changed;
        // Branches of a Pipeline deploy at the same time.
        synchronized (build) {
            DeploymentAction action = build.getAction(DeploymentAction.class);
            changed = action == null;
            if (changed) {
                action = new DeploymentAction();
                build.addAction(action);
            }
            changed |= change.test(action);
        }
        // Saving waits for the disk, and the end of a deployment is told after its beginning was.
        if (changed) {
            build.save();
        }
    }
}
