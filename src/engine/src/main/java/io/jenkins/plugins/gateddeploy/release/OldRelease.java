package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.command.Beginning;
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
import java.util.TreeSet;

/**
 * Goes back to a release that was current before. Where it has been pruned, it is filled in from a target that still
 * has it; where none has, it is made again of its commit.
 *
 * @param wanted {@code previous}, a release id, a tag, a commit or {@code #} and a deployment's number
 * @param undo whether the tasks of the release that is current are taken back, where they say how
 * @param repository has the commits; null when there is none
 */
record OldRelease(String wanted, boolean undo, GitSource repository) implements Preparation {

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
        String release = releases.find(wanted);
        Optional<About> about = releases.about(release);
        boolean gone = releases.having(release).isEmpty();
        if (about.isEmpty() || (gone && !canBeMadeAgain(about.get()))) {
            throw new ProblemException(
                    "release.pruned",
                    "Release " + release + " is on no target any more"
                            + (repository == null ? "." : ", and cannot be made again of its commit."),
                    releases.choices());
        }
        new DataLosses(work.ports().history())
                .notice(work.configuration(), release, work.ports().clock().instant())
                .ifPresent(work.log()::say);
        return about.get();
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
                            .unpack(new Beginning(about.release(), states.get(t).current(), kind().name()))));
            Map<Target, Outcome> outcomes =
                    work.fleet().port().relay(having.get(0), work.commands().pack(about.release()), writing);
            Fleet.succeeded("Filling in the release", outcomes);
        }
        if (undo) {
            undo(states, tasks);
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

    /** Before the switch, in the release that is current: it knows how to take back what it did. */
    private static void undo(Map<Target, TargetState> states, Tasks tasks) throws PhaseFailed, InterruptedException {
        Map<String, About> current = new LinkedHashMap<>();
        Map<String, List<Target>> where = new LinkedHashMap<>();
        states.forEach((target, state) -> state.currentAbout().ifPresent(about -> {
            current.put(about.release(), about);
            where.computeIfAbsent(about.release(), r -> new java.util.ArrayList<>())
                    .add(target);
        }));
        for (String release : new TreeSet<>(current.keySet())) {
            About about = current.get(release);
            tasksOf(about, tasks, where.get(release)).undo(about, about.tasks(), where.get(release));
        }
    }

    private static Tasks tasksOf(About about, Tasks tasks, List<Target> where) throws PhaseFailed {
        try {
            return tasks.of(about);
        } catch (ProblemException e) {
            Map<Target, String> failures = new LinkedHashMap<>();
            where.forEach(t -> failures.put(t, e.getMessage()));
            throw new PhaseFailed("Taking back tasks", failures, false);
        }
    }

    @Override
    public Command switchOver(Work work, About about, TargetState state) {
        return work.commands().beginSwitch(new Beginning(about.release(), state.current(), kind().name()));
    }
}
