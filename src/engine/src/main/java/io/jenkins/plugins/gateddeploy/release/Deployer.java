package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.LogFile;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.log.Masking;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     */
    public record Request(Configuration configuration, List<String> targets, Set<String> skip, GitSource repository) {

        /** A request without a repository. */
        public Request(Configuration configuration, List<String> targets, Set<String> skip) {
            this(configuration, targets, skip, null);
        }

        public Request {
            targets = List.copyOf(targets);
            skip = Set.copyOf(skip);
        }
    }

    /**
     * Makes a release of a version current.
     *
     * @return how it ended, good or bad
     * @throws ProblemException when the request makes no sense, before anything has been changed
     */
    public Result deploy(Request request, Version version) throws ProblemException {
        return run(
                request,
                new NewRelease(version, request.repository()),
                version.revision().ref());
    }

    /**
     * Makes a release current that was current before.
     *
     * @param to {@code previous}, a release id, a tag, a commit or {@code #} and a deployment's number
     * @param undo whether the current release's tasks are taken back, where they say how
     * @return how it ended, good or bad
     * @throws ProblemException when there is no such release, before anything has been changed
     */
    public Result rollback(Request request, String to, boolean undo) throws ProblemException {
        return run(request, new OldRelease(to, undo, request.repository()), to);
    }

    private Result run(Request request, Preparation preparation, String ref) throws ProblemException {
        Prepared prepared = prepare(request);
        Configuration configuration = request.configuration();
        DeploymentRecord record = begin(configuration, preparation.kind(), ref);
        try (LogFile file = new LogFile(
                        record.log(),
                        trouble -> ports.log().line(new LogLine(ports.clock().instant(), "", trouble)));
                Targets targets = ports.connector().open(prepared.access())) {
            Log log = Log.of(ports.log().and(file), prepared.masking(), ports.clock());
            Work work = new Work(
                    configuration,
                    new Commands(new Layout(configuration.release().path()), token(record), record.id()),
                    new Fleet(prepared.access().targets(), targets),
                    log,
                    ports,
                    false);
            log.say(title(preparation.kind(), configuration, ref) + ", deployment #" + record.number());
            return new Deployment(
                            work,
                            preparation,
                            request.skip(),
                            record,
                            holder(record, title(preparation.kind(), configuration, ref)))
                    .run();
        }
    }

    private DeploymentRecord begin(Configuration configuration, Kind kind, String ref) {
        DeploymentRecord begun = ports.history()
                .begin(
                        configuration.app(),
                        configuration.environment(),
                        kind,
                        ref,
                        ports.actor().id(),
                        ports.owner(),
                        ports.clock().instant());
        Path log = ports.logs()
                .resolve(configuration.app())
                .resolve(configuration.environment())
                .resolve(begun.id() + ".log");
        return ports.history().update(begun.id(), r -> Records.of(r).log(log));
    }

    /**
     * {@return every remote command that a run would execute now, in order; nothing is changed}
     *
     * @throws ProblemException as a run would
     */
    public List<Rehearsed> rehearse(Request request, Version version) throws ProblemException {
        return rehearse(request, new NewRelease(version, request.repository()));
    }

    /**
     * {@return every remote command that a rollback would execute now, in order; nothing is changed}
     *
     * @throws ProblemException as a run would
     */
    public List<Rehearsed> rehearse(Request request, String to, boolean undo) throws ProblemException {
        return rehearse(request, new OldRelease(to, undo, request.repository()));
    }

    private List<Rehearsed> rehearse(Request request, Preparation preparation) throws ProblemException {
        Prepared prepared = prepare(request);
        Configuration configuration = request.configuration();
        Ports apart = ports.rehearsing(new Forgetful());
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
        try (Rehearsal rehearsal = new Rehearsal(ports.connector().open(prepared.access()), commands)) {
            Work work = new Work(
                    configuration,
                    commands,
                    new Fleet(prepared.access().targets(), rehearsal),
                    Log.of(apart.log(), prepared.masking(), ports.clock()),
                    apart,
                    true);
            Result result = new Deployment(work, preparation, request.skip(), record, holder(record, ref)).run();
            if (result.record().state() != State.SUCCEEDED) {
                throw new ProblemException("dry-run.failed", result.record().message(), "");
            }
            return rehearsal.rehearsed();
        }
    }

    /** What is known before anything is connected. */
    private record Prepared(Targets.Access access, Masking masking) {}

    private Prepared prepare(Request request) throws ProblemException {
        Configuration configuration = request.configuration();
        List<Problem> problems = new ArrayList<>();
        for (String section : configuration.sectionsNotBuilt()) {
            problems.add(Problem.error(
                    "config.not-built",
                    "deploy.toml has a section \"" + section + "\" for " + configuration.environment()
                            + ", which this version cannot act on.",
                    "Remove it, or use a version that can."));
        }
        Set<String> names = configuration.tasks().stream()
                .map(t -> t.name())
                .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
        request.skip().stream()
                .filter(s -> !names.contains(s))
                .forEach(s -> problems.add(Problem.error(
                        "task.unknown",
                        "There is no task \"" + s + "\" to skip.",
                        "Tasks are: " + String.join(", ", names) + ".")));
        List<Target> targets = chosen(configuration, request.targets(), problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        Variables variables = Variables.resolve(configuration.variables(), ports.credentials());
        Masking masking = new Masking(Variables.secrets(configuration.variables(), variables));
        return new Prepared(access(configuration, targets), masking);
    }

    private static List<Target> chosen(Configuration configuration, List<String> names, List<Problem> problems) {
        List<Target> targets = new ArrayList<>();
        for (String name : names) {
            List<Target> matching = configuration.targets().stream()
                    .filter(t -> t.name().equals(name) || t.host().equals(name))
                    .toList();
            if (matching.isEmpty()) {
                problems.add(Problem.error(
                        "target.unknown",
                        configuration.environment() + " has no target \"" + name + "\".",
                        "Its targets are: "
                                + String.join(
                                        ", ",
                                        configuration.targets().stream()
                                                .map(Target::name)
                                                .toList())
                                + "."));
            }
            matching.stream().filter(t -> !targets.contains(t)).forEach(targets::add);
        }
        return names.isEmpty() ? configuration.targets() : targets;
    }

    private Targets.Access access(Configuration configuration, List<Target> targets) throws ProblemException {
        try {
            SshCredential credential =
                    ports.credentials().ssh(configuration.credentials().orElse(null));
            return new Targets.Access(targets, credential, configuration.ssh());
        } catch (CredentialException e) {
            throw new ProblemException("credential.missing", e.getMessage(), "");
        }
    }

    /**
     * {@return what is on each target of an environment, or why it cannot be told}
     *
     * @throws ProblemException when the credential cannot be had
     * @throws InterruptedException when interrupted
     */
    public Environment look(Configuration configuration) throws ProblemException, InterruptedException {
        Targets.Access access = access(configuration, configuration.targets());
        Commands commands = new Commands(new Layout(configuration.release().path()), "look", "look");
        Map<Target, TargetState> states = new LinkedHashMap<>();
        Map<Target, String> failures = new LinkedHashMap<>();
        try (Targets targets = ports.connector().open(access)) {
            new Fleet(access.targets(), targets)
                    .attempt(access.targets(), t -> commands.look(true))
                    .forEach((target, outcome) -> {
                        if (outcome instanceof Outcome.Exited exited && exited.code() == 0) {
                            states.put(target, TargetState.parse(exited.stdout()));
                        } else {
                            failures.put(target, outcome.describe());
                        }
                    });
        }
        return Environment.of(states, failures);
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
        Targets.Access access = access(configuration, configuration.targets());
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
        return (kind == Kind.DEPLOY ? "Deploy " + ref + " of " : "Roll back to " + ref + " of ") + configuration.app()
                + " to " + configuration.environment();
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
