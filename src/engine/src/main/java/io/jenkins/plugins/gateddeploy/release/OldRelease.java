package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes back to a release that was current before. Where it has been pruned, it is filled in from a target that still
 * has it; where none has, it is made again of its commit.
 *
 * @param wanted {@code previous}, a release id, a tag, a commit or {@code #} and a deployment's number
 * @param undo whether what the tasks of later releases did is taken back, where they say how
 * @param skipped names of tasks that are not taken back
 * @param repository has the commits; null when there is none
 * @param gatekeeper lets it pass or not
 */
record OldRelease(String wanted, boolean undo, Set<String> skipped, GitSource repository, Gatekeeper gatekeeper)
        implements Preparation {

    @Override
    public DeploymentRecord.Kind kind() {
        return DeploymentRecord.Kind.ROLLBACK;
    }

    @Override
    public Optional<Revision> revision() {
        return Optional.empty();
    }

    @Override
    public Ancestry ancestry() {
        return Ancestry.of(repository);
    }

    @Override
    public Verification verify(Deployer.Request request, Credentials credentials, Remote remote) {
        return Verification.ofRollback(request, remote);
    }

    @Override
    public About choose(Work work, Map<Target, TargetState> states, Judgement judgement) throws ProblemException {
        Releases releases = new Releases(states);
        String release = find(work, releases);
        Optional<About> about = releases.about(release);
        boolean gone = releases.having(release).isEmpty();
        if (about.isEmpty() || (gone && !canBeMadeAgain(about.get()))) {
            throw new ProblemException(
                    "release.pruned",
                    "Release " + release + " is on no target any more"
                            + (repository == null ? "." : ", and cannot be made again of its commit."),
                    releases.choices());
        }
        if (!work.rehearsal()) {
            gatekeeper.check(work.configuration(), about.get(), undo, states);
        }
        new DataLosses(work.ports().history())
                .notice(work.configuration(), release, work.ports().clock().instant())
                .ifPresent(work.log()::say);
        new TakingBack(work, releases, release, skipped).announce(undo);
        return about.get();
    }

    private String find(Work work, Releases releases) throws ProblemException {
        Optional<DeploymentRecord> others =
                wanted.equals(Releases.PREVIOUS) ? catchUp(work, releases) : Optional.empty();
        if (others.isEmpty()) {
            return releases.find(wanted);
        }
        DeploymentRecord ahead = others.get();
        work.log()
                .say("Other targets went back to " + ahead.release() + " with deployment #" + ahead.number()
                        + "; so does this.");
        return ahead.release();
    }

    /** {@return the rollback that the rest of the environment has made and these targets have missed} */
    private static Optional<DeploymentRecord> catchUp(Work work, Releases releases) {
        Set<Target> here = releases.states().keySet();
        boolean some = !here.containsAll(work.configuration().targets());
        return work
                .ports()
                .history()
                .successes(work.configuration().app(), work.configuration().environment(), 1)
                .stream()
                .filter(newest -> some && newest.kind() == DeploymentRecord.Kind.ROLLBACK)
                .filter(newest -> releases.current().stream().allMatch(c -> c.compareTo(newest.release()) > 0))
                .filter(newest -> here.stream().map(Target::name).noneMatch(hasGone(newest)::contains))
                .findFirst();
    }

    private static Set<String> hasGone(DeploymentRecord rollback) {
        return rollback.targets().stream()
                .filter(t -> t.current().equals(rollback.release()))
                .map(DeploymentRecord.TargetOutcome::target)
                .collect(Collectors.toSet());
    }

    private boolean canBeMadeAgain(About about) {
        return repository != null && about.commit().length() == 40;
    }

    @Override
    public void bring(Work work, About about, Map<Target, TargetState> states, Tasks tasks)
            throws PhaseFailed, InterruptedException {
        List<Target> having = new Releases(states).having(about.release());
        List<Target> missing =
                work.targets().stream().filter(t -> !having.contains(t)).toList();
        if (having.isEmpty()) {
            makeAgain(work, about, states, tasks);
        } else if (!missing.isEmpty()) {
            work.ports().progress().phase("filling in", missing);
            work.log()
                    .say("Release " + about.release() + " is copied from "
                            + having.get(0).name() + " to "
                            + String.join(
                                    ", ", missing.stream().map(Target::name).toList()));
            Map<Target, Command> writing = new LinkedHashMap<>();
            missing.forEach(t -> writing.put(
                    t,
                    work.commands()
                            .unpack(work.beginning(
                                    about.release(), states.get(t).current(), kind()))));
            Map<Target, Outcome> outcomes =
                    work.fleet().port().relay(having.get(0), work.commands().pack(about.release()), writing);
            Fleet.succeeded("Filling in the release", outcomes);
        }
        if (undo) {
            new TakingBack(work, new Releases(states), about.release(), skipped).run(tasks);
        }
    }

    /** Tasks that run once changed something outside the release, and are done. */
    private void makeAgain(Work work, About about, Map<Target, TargetState> states, Tasks tasks)
            throws PhaseFailed, InterruptedException {
        work.ports().progress().phase("files", work.targets());
        work.log()
                .say("Release " + about.release() + " is on no target any more; it is made again of " + about.commit());
        try {
            new Push(work, repository.resolve(about.commit()), about).bring(states);
        } catch (ProblemException e) {
            Map<Target, String> everywhere = new LinkedHashMap<>();
            work.targets().forEach(t -> everywhere.put(t, e.getMessage()));
            throw new PhaseFailed("Making the release again", everywhere, false);
        }
        tasks.run(about.withoutOnce(), Task.Phase.PREPARE, work.targets());
    }

    @Override
    public Command switchOver(Work work, About about, TargetState state) {
        return work.commands().beginSwitch(work.beginning(about.release(), state.current(), kind()));
    }
}
