package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How much of an environment and its tasks an order is about. */
public final class Extent implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> targets;
    private final ArrayList<String> skip;

    /**
     * An extent.
     *
     * @param targets names of the only targets to work on; empty for all
     * @param skip names of tasks to leave out
     */
    public Extent(List<String> targets, List<String> skip) {
        this.targets = new ArrayList<>(targets);
        this.skip = new ArrayList<>(skip);
    }

    /** {@return the same, with its names changed} */
    public Extent with(UnaryOperator<String> change) {
        return new Extent(
                targets.stream().map(change).toList(), skip.stream().map(change).toList());
    }

    /** {@return all of it} */
    static Extent everything() {
        return new Extent(List.of(), List.of());
    }

    /** {@return a plan of everything, of this much} */
    Plan of(Plan whole) {
        return whole.leavingOut(skip);
    }

    /** {@return what the engine is asked, in the name of the build} */
    Deployer.Request request(Run<?, ?> build, Configuration configuration, Optional<GitSource> git) {
        Origin origin = new Origin(build.getParent().getFullName(), build.getNumber(), build.getFullDisplayName());
        return new Deployer.Request(configuration, targets, Set.copyOf(skip), git.orElse(null))
                .with(Mandate.of(origin, List.of()));
    }
}
