package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Root;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.trigger.Automatic;
import io.jenkins.plugins.gateddeploy.trigger.Decision;
import io.jenkins.plugins.gateddeploy.trigger.Facts;
import java.util.List;
import java.util.Optional;

/**
 * A build that may have started by itself, and what stands against its deployment then. Nothing does when a person
 * started it.
 *
 * @param application as the build sees it
 * @param root who started the build
 */
record ByItself(Application application, Root root) {

    static ByItself of(Application application) {
        return new ByItself(application, Actors.root(application.site().build()));
    }

    /** {@return whether it was a push or the clock that started a build} */
    static boolean isConcerned(Run<?, ?> build) {
        return Automatic.concerns(Actors.root(build).kind());
    }

    /** {@return why what was pushed is not deployed; empty when it may be, as far as that is known from its name} */
    Optional<String> unwanted() throws ProblemException {
        return concerned() ? skipped(automatic().of(Pushed.of(application))) : Optional.empty();
    }

    /**
     * {@return why a version is not deployed without people; empty when it may be}
     *
     * @throws ProblemException when somebody has to look at the environment first
     */
    Optional<String> held(Version version) throws ProblemException {
        if (!concerned()) {
            return Optional.empty();
        }
        History history = JenkinsHost.get().history();
        return skipped(automatic().of(new Facts(version.revision(), Facts.last(history, place()))));
    }

    private Optional<String> skipped(Decision decision) throws ProblemException {
        NotDeployed told = new NotDeployed(application.site().build(), place());
        if (decision instanceof Decision.Refuse refuse) {
            ProblemException refusal = new ProblemException(List.of(refuse.problem()));
            told.because(refusal);
            throw refusal;
        }
        if (decision instanceof Decision.Skip skip) {
            told.because(root, skip.why());
            return Optional.of(skip.why());
        }
        return Optional.empty();
    }

    private boolean concerned() {
        return Automatic.concerns(root.kind());
    }

    private Automatic automatic() throws ProblemException {
        Configurations.Source file = application.file();
        return new Automatic(
                place(),
                root.kind(),
                DeployFile.parse(file.name(), file.text())
                        .deployOn(application.configuration().environment()));
    }

    private Place place() {
        Configuration configuration = application.configuration();
        return new Place(configuration.app(), configuration.environment());
    }
}
