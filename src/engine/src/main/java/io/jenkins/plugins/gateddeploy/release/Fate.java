package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of a build's deployment to an environment, as the history tells: so that what was done to the environment
 * before it can be kept, or taken back.
 *
 * @param standing how far it is
 * @param words one sentence for people
 */
public record Fate(Standing standing, String words) {
    private static final int MOST = 100;

    /** How far a deployment is. */
    public enum Standing {
        /** Nobody was asked, and nothing was begun. */
        UNKNOWN,
        /** It waits for people. */
        WAITS,
        /** It is on its way, or is about to begin. */
        GOES_ON,
        /** What it brought is current. */
        SUCCEEDED,
        /** People did not let it, or it did not succeed. */
        FAILED
    }

    public Fate {
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(words, "words");
    }

    /**
     * {@return what is known now} The newest thing that the build did about it counts: its last deployment, or a gate that
     * it opened later.
     *
     * @param build the build, which has a number
     * @param app application
     * @param environment where it deploys
     */
    public static Fate of(History history, Origin build, String app, String environment, Instant now) {
        Optional<DeploymentRecord> deployment =
                history.list(Filter.of(new Filter.Job(build.job(), false, build.build()), MOST)).stream()
                        .filter(r ->
                                r.app().equals(app) && r.environment().equals(environment) && r.kind() == Kind.DEPLOY)
                        .max(Comparator.comparing(DeploymentRecord::started));
        Optional<Gate> gate = history.gates().list(GateFilter.ofBuild(build.job(), build.build(), MOST)).stream()
                .filter(g -> g.subject().isDeployment()
                        && g.subject().app().equals(app)
                        && g.subject().environment().equals(environment))
                .max(Comparator.comparing(Gate::opened));
        boolean asksAgain = gate.isPresent()
                && deployment.isPresent()
                && gate.get().subject().deployment().isEmpty()
                && gate.get().opened().isAfter(deployment.get().started());
        if (deployment.isPresent() && !asksAgain) {
            return of(deployment.get());
        }
        return gate.map(g -> of(g, now)).orElseGet(() -> new Fate(Standing.UNKNOWN, ""));
    }

    private static Fate of(DeploymentRecord record) {
        String name = "Deployment #" + record.number() + " of " + record.app() + " to " + record.environment();
        if (record.state() == State.HELD) {
            return new Fate(Standing.WAITS, name + " waits for approval.");
        }
        if (!record.state().isFinal()) {
            return new Fate(Standing.GOES_ON, name + " is under way.");
        }
        return record.state() == State.SUCCEEDED
                ? new Fate(Standing.SUCCEEDED, name + " succeeded.")
                : new Fate(Standing.FAILED, name + " ended " + record.state() + ": " + record.message());
    }

    private static Fate of(Gate gate, Instant now) {
        String what = gate.subject().revision() + " for " + gate.subject().environment();
        return switch (gate.standing(now)) {
            case OPEN -> new Fate(Standing.WAITS, what + " waits for approval.");
            case APPROVED -> new Fate(Standing.GOES_ON, what + " was approved.");
            case REJECTED, TIMED_OUT, CANCELLED ->
                new Fate(
                        Standing.FAILED,
                        what + " was not approved. "
                                + gate.closed().map(Gate.Closed::why).orElse("Nobody decided in time."));
        };
    }
}
