package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the host brings along to the checks of a request.
 *
 * @param others the other environments of the same deploy.toml
 * @param development how the version came about
 * @param forcing what is let pass although it is wrong
 * @param rules what the host's registration lets people force; deploy.toml can only tighten it
 * @param planned a plan made a moment ago with the same request, whose checks need not run again; empty for none
 */
public record Checking(
        List<Configuration> others,
        Development development,
        Forcing forcing,
        ForcingRules rules,
        Optional<Plan> planned) {
    public Checking {
        Objects.requireNonNull(development, "development");
        Objects.requireNonNull(forcing, "forcing");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(planned, "planned");
        others = List.copyOf(others);
    }

    /** {@return that of a host that knows nothing of builds, and forces nothing} */
    public static Checking none() {
        return new Checking(List.of(), Development.unknown(), Forcing.none(), ForcingRules.none(), Optional.empty());
    }

    /** {@return that of a request about one environment of a deploy.toml} */
    public static Checking of(DeployFile file, String environment, Development development, Forcing forcing) {
        return new Checking(file.others(environment), development, forcing, ForcingRules.none(), Optional.empty());
    }

    /** {@return the same under the rules of a registration} */
    public Checking under(ForcingRules registered) {
        return new Checking(others, development, forcing, registered, planned);
    }

    /**
     * {@return the same right after a plan, whose checks are not run again} Only for what follows without waiting: a
     * minute later a disk may be full.
     */
    public Checking after(Plan plan) {
        return new Checking(others, development, forcing, rules, Optional.of(plan));
    }

    /** {@return what may be forced, by the host and by deploy.toml} */
    ForcingRules rules(Configuration configuration) {
        return rules.and(new ForcingRules(configuration.checks().problems().notForceable(), false));
    }
}
