package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.TargetsRemote;
import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.CourseFile;
import io.jenkins.plugins.gateddeploy.log.LogFile;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.log.Masking;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The door for hosts: deploys, rolls back, looks and unlocks. Safe for use by several threads. */
public final class Deployer {
    private final Ports ports;

    /** @param ports what the host brings */
    public Deployer(Ports ports) {
        this.ports = ports;
    }

    /**
     * What to deploy or roll back.
     *
     * @param configuration of the environment
     * @param targets names of the targets to work on; empty for all
     * @param skip names of tasks to leave out
     * @param repository where the application's commits are; null when only folders are deployed
     * @param mandate what the host brings along
     * @param checking what the host brings along to the checks
     */
    public record Request(
            Configuration configuration,
            List<String> targets,
            Set<String> skip,
            GitSource repository,
            Mandate mandate,
            Checking checking) {

        /** A request of a host that asks for nothing by itself. */
        public Request(Configuration configuration, List<String> targets, Set<String> skip, GitSource repository) {
            this(configuration, targets, skip, repository, Mandate.none(), Checking.none());
        }

        /** A request without a repository. */
        public Request(Configuration configuration, List<String> targets, Set<String> skip) {
            this(configuration, targets, skip, null);
        }

        /** {@return the same, with what the host brings along} */
        public Request with(Mandate other) {
            return new Request(configuration, targets, skip, repository, other, checking);
        }

        /** {@return the same, with what the host brings along to the checks} */
        public Request with(Checking other) {
            return new Request(configuration, targets, skip, repository, mandate, other);
        }

        /**
         * Refuses what names a target that the environment does not have, before anything is begun.
         *
         * @throws ProblemException for each such name, with those that there are
         */
        public void requireTargets() throws ProblemException {
            Admission.targets(this);
        }

        public Request {
            targets = List.copyOf(targets);
            skip = Set.copyOf(skip);
        }
    }

    /**
     * {@return what deploying a version would do now, what the checks say to it, and who would have to approve it} Where
     * the credential cannot be had, that is among the problems, and nothing is known of the targets.
     *
     * @throws ProblemException when the request makes no sense
     * @throws InterruptedException when interrupted
     */
    public Plan plan(Request request, Version version) throws ProblemException, InterruptedException {
        return new Foresight(ports).plan(request, version);
    }

    /**
     * {@return what all checks say, also where there is no such version or the request makes no sense: then as much as
     * can be told without}
     *
     * @param finding how the version is found
     * @throws InterruptedException when interrupted
     */
    public Verified verify(Request request, Doctor.Finding finding) throws InterruptedException {
        return new Foresight(ports).verify(request, finding);
    }

    /**
     * Makes a release of a version current.
     *
     * @return how it ended, good or bad
     * @throws ProblemException when the request makes no sense, none may start now ({@code window.closed}), or people
     *     have to approve it and have not ({@code gate.required}, {@code gate.not-approved}, {@code gate.stale}, {@code gate.other}, {@code
     *     gate.unknown}), before anything has been changed; an announced deployment has then failed
     */
    public Result deploy(Request request, Version version) throws ProblemException {
        return run(
                request,
                new NewRelease(version, request.repository(), Gatekeeper.of(ports, request)),
                version.revision().ref());
    }

    /**
     * Makes a release current that was current before.
     *
     * @param to {@code previous}, a release id, a tag, a commit or {@code #} and a deployment's number
     * @param undo whether what the tasks of later releases did is taken back first, where they say how; newest first
     * @return how it ended, good or bad
     * @throws ProblemException when there is no such release, or it goes through a gate that does not let it pass ({@code
     *     gate.not-approved}, {@code gate.stale}, {@code gate.other}, {@code gate.unknown}), before anything has been
     *     changed
     */
    public Result rollback(Request request, String to, boolean undo) throws ProblemException {
        return run(request, oldRelease(request, to, undo), to);
    }

    private Result run(Request request, Preparation preparation, String ref) throws ProblemException {
        Configuration configuration = request.configuration();
        Waiting waiting = new Waiting(ports);
        Admission admitted;
        Optional<Gate> gate;
        Optional<String> closed;
        try {
            closed = new Entrance(ports.clock()).admit(request, preparation.kind());
            admitted = Admission.of(request, ports.credentials());
            gate = Gatekeeper.of(ports, request).admit(configuration, preparation.kind());
        } catch (ProblemException e) {
            waiting.refused(request.mandate().deployment(), e);
            throw e;
        }
        DeploymentRecord record =
                new Emergency(ports, closed).note(waiting.begin(request, preparation, ref, gate), request.mandate());
        try (LogFile file = new LogFile(
                        record.log(),
                        trouble -> ports.log().line(new LogLine(ports.clock().instant(), "", trouble)));
                CourseFile course = new CourseFile(
                        record.log(),
                        trouble -> ports.log().line(new LogLine(ports.clock().instant(), "", trouble)));
                Targets targets = ports.connector().open(admitted.access());
                Verification verification = preparation.verify(
                        request,
                        ports.credentials(),
                        new TargetsRemote(admitted.access().targets(), targets))) {
            ports.progress().begun(record);
            Log log = Log.of(ports.log().and(file), admitted.masking(), ports.clock());
            Work work = new Work(
                    configuration,
                    new Commands(new Layout(configuration.release().path()), token(record), record.id()),
                    new Fleet(admitted.access().targets(), targets),
                    log,
                    ports.followedBy(new Retelling(ports.progress(), course, file, ports.clock())),
                    false);
            log.say(title(preparation.kind(), configuration, ref) + ", deployment #" + record.number());
            return new Deployment(
                            work,
                            new Intent(preparation, request.skip(), verification),
                            record,
                            holder(record, title(preparation.kind(), configuration, ref)))
                    .run();
        } catch (RuntimeException e) {
            endOf(record, "The host could not go on: " + e.getMessage());
            throw e;
        }
    }

    /** Nobody else would end it as long as this process lives, which may be for months. */
    private void endOf(DeploymentRecord record, String message) {
        ports.history()
                .update(
                        record.id(),
                        r -> r.state().isFinal()
                                ? r
                                : Records.of(r)
                                        .ended(
                                                State.FAILED,
                                                message,
                                                ports.clock().instant(),
                                                List.of()));
    }

    /**
     * {@return every remote command that a run would execute now, in order; nothing is changed} What the checks say
     * is in the {@link #plan}.
     *
     * @throws ProblemException as a run would
     */
    public List<Rehearsed> rehearse(Request request, Version version) throws ProblemException {
        return rehearse(request, new NewRelease(version, request.repository(), Gatekeeper.of(ports, request)));
    }

    /**
     * {@return every remote command that a rollback would execute now, in order; nothing is changed}
     *
     * @throws ProblemException as a run would
     */
    public List<Rehearsed> rehearse(Request request, String to, boolean undo) throws ProblemException {
        return rehearse(request, oldRelease(request, to, undo));
    }

    private OldRelease oldRelease(Request request, String to, boolean undo) {
        return new OldRelease(to, undo, request.skip(), request.repository(), Gatekeeper.of(ports, request));
    }

    private List<Rehearsed> rehearse(Request request, Preparation preparation) throws ProblemException {
        Admission admitted = Admission.of(request, ports.credentials());
        Configuration configuration = request.configuration();
        Ports apart = ports.rehearsing(new Forgetful(ports.history()));
        String ref = "dry run";
        DeploymentRecord record = apart.history()
                .begin(
                        configuration.app(),
                        configuration.environment(),
                        preparation.kind(),
                        ref,
                        ports.actor().id(),
                        ports.owner(),
                        ports.clock().instant());
        Commands commands = new Commands(new Layout(configuration.release().path()), token(record), record.id());
        try (Rehearsal rehearsal = new Rehearsal(ports.connector().open(admitted.access()), commands);
                Verification verification = Verification.ofNothing(request)) {
            Work work = new Work(
                    configuration,
                    commands,
                    new Fleet(admitted.access().targets(), rehearsal),
                    Log.of(apart.log(), admitted.masking(), ports.clock()),
                    apart,
                    true);
            Result result = new Deployment(
                            work, new Intent(preparation, request.skip(), verification), record, holder(record, ref))
                    .run();
            if (result.record().state() != State.SUCCEEDED) {
                throw new ProblemException("dry-run.failed", result.record().message(), "");
            }
            return rehearsal.rehearsed();
        }
    }

    /**
     * {@return what is on each target of an environment, or why it cannot be told}
     *
     * @throws ProblemException when the credential cannot be had
     * @throws InterruptedException when interrupted
     */
    public Environment look(Configuration configuration) throws ProblemException, InterruptedException {
        Targets.Access access = Admission.access(configuration, configuration.targets(), ports.credentials());
        try (Targets targets = ports.connector().open(access)) {
            Looked looked = Looked.at(configuration, access.targets(), true, targets::run);
            TakenBack takenBack = TakenBack.of(
                    ports,
                    configuration.app(),
                    configuration.environment(),
                    looked.states().values());
            return Environment.of(
                    looked, ports.limits().lease(), (releases, to) -> Undos.of(releases, to, configuration, takenBack));
        }
    }

    /**
     * Settles what a host that died has left on the targets, and gives their locks back.
     *
     * @param force whether a lock goes even though its holder may be alive
     * @return how that ended
     * @throws ProblemException when the credential cannot be had
     * @throws InterruptedException when interrupted; locks that were taken by then are given back
     */
    public Unlocked unlock(Configuration configuration, boolean force) throws ProblemException, InterruptedException {
        Targets.Access access = Admission.access(configuration, configuration.targets(), ports.credentials());
        String id = UUID.randomUUID().toString();
        Holder holder = new Holder(
                ports.owner(),
                id,
                0,
                "unlock",
                ports.actor().id(),
                ports.clock().instant());
        try (Targets targets = ports.connector().open(access)) {
            return new Unlocking(work(configuration, access, targets, id, id, ports, ports.log()), holder).run(force);
        }
    }

    /**
     * Ends a deployment of this host whose process is gone, wherever that process ran: this process takes it over, takes
     * its locks, and finishes or takes back what it had begun. Several may try; one does it.
     *
     * @param configuration as the deployment had it
     * @param deployment its id; one that has ended is left as it is
     * @return how that went; when it is done, the history has the end
     * @throws ProblemException when the credential cannot be had
     * @throws InterruptedException when interrupted; locks that were taken by then are given back
     */
    public Unlocked settle(Configuration configuration, String deployment)
            throws ProblemException, InterruptedException {
        DeploymentRecord record = ports.history().find(deployment).orElse(null);
        if (record == null || record.state().isFinal()) {
            return new Unlocked(true, "There is nothing to settle.", false);
        }
        if (!ports.history().takeOver(deployment, record.owner(), ports.owner())) {
            return new Unlocked(false, "Somebody else settles it.", true);
        }
        Targets.Access access = Admission.access(configuration, configuration.targets(), ports.credentials());
        String id = UUID.randomUUID().toString();
        try (LogFile file = new LogFile(record.log(), trouble -> {});
                Targets targets = ports.connector().open(access)) {
            LogSink sink = ports.log().and(file);
            return new Unlocking(
                            work(configuration, access, targets, id, id, ports, sink),
                            holder(record, "settle deployment #" + record.number()))
                    .settle(record);
        }
    }

    private static Work work(
            Configuration configuration,
            Targets.Access access,
            Targets targets,
            String token,
            String deployment,
            Ports ports,
            LogSink sink) {
        Commands commands = new Commands(new Layout(configuration.release().path()), token, deployment);
        return new Work(
                configuration,
                commands,
                new Fleet(access.targets(), targets),
                Log.of(sink, new Masking(List.of()), ports.clock()),
                ports,
                false);
    }

    private static String title(Kind kind, Configuration configuration, String ref) {
        String environment = configuration.environment();
        return kind == Kind.DEPLOY
                ? "Deploy " + ref + " of " + configuration.app() + " to " + environment
                : "Roll back " + configuration.app() + " in " + environment + " to " + ref;
    }

    private static String token(DeploymentRecord record) {
        return String.format("%013d", record.started().toEpochMilli()) + "-" + record.id();
    }

    private Holder holder(DeploymentRecord record, String what) {
        return new Holder(
                ports.owner(),
                record.id(),
                record.number(),
                what,
                ports.actor().id(),
                ports.clock().instant());
    }
}
