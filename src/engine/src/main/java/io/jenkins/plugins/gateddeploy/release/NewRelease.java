package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.config.SourceSettings;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a release of a version: its files, what is shared, the tasks before the switch.
 *
 * @param version what is deployed
 * @param repository tells which commits it brings; null when there is none
 * @param gatekeeper lets it pass or not
 */
record NewRelease(Version version, GitSource repository, Gatekeeper gatekeeper) implements Preparation {

    @Override
    public DeploymentRecord.Kind kind() {
        return DeploymentRecord.Kind.DEPLOY;
    }

    @Override
    public Optional<Revision> revision() {
        return Optional.of(version.revision());
    }

    @Override
    public Ancestry ancestry() {
        return Ancestry.of(repository);
    }

    @Override
    public Verification verify(Deployer.Request request, Credentials credentials, Remote remote) {
        return Verification.ofDeployment(request, version, credentials, remote);
    }

    /** Names sort by time and carry it in seconds, so a release made in the second of another takes a later one. */
    @Override
    public About choose(Work work, Map<Target, TargetState> states, Judgement judgement) throws ProblemException {
        if (!work.rehearsal()) {
            gatekeeper.check(work.configuration(), version.revision(), states, judgement);
            new PinKeeping(work).remark(version.revision().id(), ancestry()).ifPresent(work.log()::say);
        }
        Instant time = work.ports().clock().instant();
        Instant newest = states.values().stream()
                .flatMap(s -> s.releases().keySet().stream())
                .filter(ReleaseId::isOne)
                .map(release -> new ReleaseId(release).time())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        ReleaseId id =
                ReleaseId.of(newest.plusSeconds(1).isAfter(time) ? newest.plusSeconds(1) : time, version.revision());
        return About.of(id, version.revision(), work.configuration());
    }

    @Override
    public void bring(Work work, About about, Map<Target, TargetState> states, Tasks tasks)
            throws PhaseFailed, InterruptedException {
        if (repository != null && version.revision().isCommit()) {
            new Changes(work.log(), repository, version.revision()).tell(states.values());
        }
        work.ports().progress().phase("files", work.targets());
        if (work.configuration().source().mode() == SourceSettings.Mode.PULL
                && version.revision().isCommit()) {
            String url = work.configuration().source().repository().orElseThrow();
            work.fleet()
                    .all(
                            "Fetching files",
                            t -> work.commands()
                                    .fetch(
                                            work.beginning(
                                                    about.release(),
                                                    states.get(t).current(),
                                                    kind()),
                                            url,
                                            about.commit(),
                                            Push.links(about),
                                            io.jenkins.plugins.gateddeploy.config.CanonicalJson.write(about)));
        } else {
            new Push(work, version, about).bring(states);
        }
        work.ports().progress().phase("tasks before the switch", work.targets());
        tasks.run(about, Task.Phase.PREPARE, work.targets());
    }

    @Override
    public Command switchOver(Work work, About about, TargetState state) {
        return work.commands().switchTo(about.release(), state.current());
    }
}
