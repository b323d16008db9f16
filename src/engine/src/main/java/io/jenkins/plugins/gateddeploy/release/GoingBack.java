package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.plan.Commit;
import io.jenkins.plugins.gateddeploy.plan.Commits;
import io.jenkins.plugins.gateddeploy.plan.Effects;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Makes the plan for a way back: the release with the configuration it was made with, and the configuration as it is now,
 * which says where it goes and how it is found to be well.
 *
 * @param configuration of the environment, as it is now
 * @param host what the host asks for by itself
 * @param skip names of tasks that are left out
 * @param undo whether what the tasks of later releases did is taken back
 */
record GoingBack(Configuration configuration, List<Clause> host, Set<String> skip, boolean undo) {
    private static final Duration USUAL_WAIT = Duration.ofHours(24);

    /**
     * {@return the plan as it is now}
     *
     * @param from what is current
     * @param current the same, by target
     */
    Plan plan(About to, Collection<About> from, List<Plan.Current> current) {
        return new Plan(
                configuration.app(),
                configuration.environment(),
                new Commit(to.commit(), to.subject(), to.author(), to.author(), new ReleaseId(to.release()).time()),
                to.release(),
                to.tag(),
                "rollback to " + to.release() + " of " + to.configuration() + " by " + configuration.digest()
                        + (undo ? ", taking back tasks" : ""),
                List.of(),
                Forced.nothing(),
                current,
                Commits.of(List.of(), true),
                rules(from),
                Effects.unknown(skip));
    }

    /** What the environment asks for; when it asks for nothing, anybody may say it, but somebody has to. */
    private List<Clause> rules(Collection<About> from) {
        List<Clause> rules = new ArrayList<>(host);
        configuration.approval().ifPresent(a -> rules.add(Clause.of(a, Clause.Source.COMMIT)));
        from.stream()
                .flatMap(about -> about.approval().stream())
                .forEach(a -> rules.add(Clause.of(a, Clause.Source.CURRENT_RELEASE)));
        if (rules.isEmpty()) {
            rules.add(new Clause(List.of(), 1, true, USUAL_WAIT, Clause.Source.STEP)
                    .with(Terms.none().withRequester(true)));
        }
        return rules.stream().distinct().toList();
    }
}
