package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.AbortException;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What became of the order of a build that was under way when Jenkins ended.
 *
 * @param site of the step that is resumed
 */
public record Resumption(Site site) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * {@return what a script may read of the deployment, which succeeded; empty when nothing had begun, so that the
     * order is to be carried out}
     *
     * @param environment that the order is about; what went to another one on the way there is not its outcome
     * @throws AbortException when it did not succeed, with a message that says what is current on each target
     */
    public Optional<Map<String, Object>> outcome(String environment) throws IOException, InterruptedException {
        List<DeploymentRecord> all = ofTheStep();
        for (DeploymentRecord elsewhere : all) {
            if (!elsewhere.environment().equals(environment)
                    && !elsewhere.state().isFinal()) {
                lookAt(elsewhere, " to " + elsewhere.environment());
            }
        }
        // A step that was resumed before has left several.
        Optional<DeploymentRecord> newest = all.stream()
                .filter(r -> r.environment().equals(environment))
                .max(Comparator.comparing(DeploymentRecord::started));
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        DeploymentRecord record = lookAt(newest.get(), "");
        if (!hadBegun(record)) {
            site.listener().getLogger().println("It had changed nothing; it is begun anew.");
            return Optional.empty();
        }
        return Optional.of(Outcomes.of(site, record, ""));
    }

    private DeploymentRecord lookAt(DeploymentRecord record, String where) throws AbortException, InterruptedException {
        site.listener()
                .getLogger()
                .println("Jenkins was restarted. Looking what became of deployment #" + record.number() + where + ".");
        return settled(record);
    }

    private List<DeploymentRecord> ofTheStep() {
        JenkinsHost host = JenkinsHost.get();
        List<Docket> dockets = new Dockets(host.dockets()).of(site.build().getExternalizableId());
        return dockets.stream()
                .filter(d -> d.origin().step().equals(site.step()))
                .flatMap(d -> host.history().find(d.deployment()).stream())
                .toList();
    }

    private static DeploymentRecord settled(DeploymentRecord record) throws AbortException, InterruptedException {
        CompletableFuture<DeploymentRecord> settled =
                Settlements.get().of(record.id()).orElseGet(() -> CompletableFuture.completedFuture(record));
        try {
            return settled.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AbortException("Deployment #" + record.number() + " of " + record.app() + " to "
                    + record.environment() + " was under way when Jenkins ended, and could not be settled in "
                    + PATIENCE.toMinutes() + " minutes. Jenkins goes on trying; its log says why.");
        } catch (CancellationException | ExecutionException e) {
            throw new IllegalStateException("Looking after deployment #" + record.number() + " failed.", e);
        }
    }

    /** Before that state no target is changed. */
    private static boolean hadBegun(DeploymentRecord record) {
        History history = JenkinsHost.get().history();
        return record.state() == State.REJECTED
                || history.events(record.id()).stream()
                        .anyMatch(e ->
                                Stream.of(State.DEPLOYING, State.CONFIRMING).anyMatch(state -> e.state() == state));
    }
}
