package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Fate;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A rollback of one environment that is made unless the same build's deployment to another one succeeds. Kept with its
 * step; all that is here is which deployments it is about.
 */
public final class Retreat implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Destination from;
    private final String release;
    private final String unless;
    private String app = "";
    /** Id of the deployment that made current what would be taken back; empty when the history knows of none. */
    private String deployed = "";

    /**
     * One that has not begun.
     *
     * @param from where to go back
     * @param release to what, as a {@link RollbackOrder} names it
     * @param unless the other environment
     */
    public Retreat(Destination from, String release, String unless) {
        this.from = from;
        this.release = release;
        this.unless = unless;
    }

    /**
     * Finds out what it is about; once.
     *
     * @throws ProblemException when an environment is not there, or the build must not roll back
     */
    public void begin(Site site) throws ProblemException, IOException, InterruptedException {
        if (!app.isEmpty()) {
            return;
        }
        if (unless.equals(from.environment())) {
            throw new ProblemException(
                    "order.unless",
                    "unless names " + unless + ", the environment that would be rolled back itself.",
                    "Name the environment that this build deploys to next.");
        }
        Application application = Configurations.read(site, from);
        application.file().configuration(unless);
        Configuration configuration = application.configuration();
        site.admit(Act.ROLL_BACK, configuration);
        DeploymentAction.announce(site.build(), List.of());
        deployed = newest(configuration.app());
        app = configuration.app();
    }

    /** {@return what becomes of the other deployment} */
    public Fate fate(Run<?, ?> build) {
        return Fate.of(history(), origin(build), app, unless, Instant.now());
    }

    /** {@return why going back would take back something else by now; empty when it would not} */
    public Optional<String> superseded() {
        return newest(app).equals(deployed)
                ? Optional.empty()
                : Optional.of("Something else was deployed to " + from.environment() + " meanwhile.");
    }

    /**
     * {@return the gate at which people may say that it shall be done in any case, or not at all}
     *
     * @param id that the gate gets
     */
    public Gate ask(Run<?, ?> build, String id) {
        Clause anybody = new Clause(List.of(), 1, true, LONGEST, Clause.Source.STEP)
                .with(Terms.none().withRequester(true));
        Subject subject = new Subject(
                app,
                from.environment(),
                "",
                "Roll back " + from.environment() + " of " + app + " to " + release,
                "This closes by itself, and nothing is rolled back, when the deployment to " + unless
                        + " succeeds; if that fails or is rejected, it is rolled back. Approve to do so now, reject to"
                        + " keep what is there.",
                "",
                build.getParent().getFullName(),
                build.getNumber());
        Rules rules = new Rules(List.of(anybody), Set.of(), 0)
                .requestedBy(Actors.of(build).id());
        return history().gates().open(Gate.opening(id, subject, rules, Instant.now()));
    }

    /**
     * {@return what a script reads when nothing was rolled back}
     *
     * @param why one sentence for people
     */
    public Map<String, Object> kept(String why) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("application", app);
        map.put("environment", from.environment());
        map.put("rolledBack", false);
        map.put("why", why);
        return map;
    }

    private String newest(String application) {
        return history().successes(application, from.environment(), 1).stream()
                .map(DeploymentRecord::id)
                .findFirst()
                .orElse("");
    }

    private static Origin origin(Run<?, ?> build) {
        return new Origin(build.getParent().getFullName(), build.getNumber(), "");
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
