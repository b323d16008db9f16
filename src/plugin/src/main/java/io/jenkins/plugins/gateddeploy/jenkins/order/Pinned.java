package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Root;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.pin.PinRule;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.util.List;
import java.util.Optional;

/** Asks the engine whether a build may put a commit back that people went back from. */
final class Pinned {
    private Pinned() {}

    /**
     * Refuses what started by itself.
     *
     * @param git has the commits; empty for none
     * @param commit that is to come
     * @throws ProblemException when the environment is pinned, or the repository cannot be read
     */
    static void refuse(Site site, Configuration configuration, Optional<GitSource> git, String commit)
            throws ProblemException, InterruptedException {
        Pins pins = JenkinsHost.get().history().pins();
        if (pins.standing(configuration.app(), configuration.environment()).isEmpty()) {
            // Asking who is at the root may take as long as the security realm's server takes.
            return;
        }
        Root root = Actors.root(site.build());
        Optional<Problem> refusal = new PinRule(pins, Ancestry.of(git.orElse(null)))
                .refusal(
                        configuration.app(),
                        configuration.environment(),
                        commit,
                        new Starter(root.kind(), root.actor(), true));
        if (refusal.isPresent()) {
            ProblemException pinned = new ProblemException(List.of(refusal.get()));
            new NotDeployed(site.build(), new Place(configuration.app(), configuration.environment())).because(pinned);
            throw pinned;
        }
    }
}
