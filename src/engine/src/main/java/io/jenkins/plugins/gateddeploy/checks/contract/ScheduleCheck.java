package io.jenkins.plugins.gateddeploy.checks.contract;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.checks.contract.document.DocumentReader;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Source;
import io.jenkins.plugins.gateddeploy.checks.contract.functions.Functions;
import io.jenkins.plugins.gateddeploy.checks.contract.functions.WaitingCalls;
import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.config.ScheduledCalls;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the version to come takes the calls that are waiting. */
final class ScheduleCheck implements Check {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ScheduledCalls settings;
    private final Files coming;
    private final Current current;
    private final Remote remote;
    private final Commands commands;

    ScheduleCheck(ScheduledCalls settings, Files coming, Current current, Remote remote, Commands commands) {
        this.settings = settings;
        this.coming = coming;
        this.current = current;
        this.remote = remote;
        this.commands = commands;
    }

    @Override
    public String about() {
        return "scheduled calls";
    }

    @Override
    public Duration timeout() {
        return LONGEST.plusSeconds(30);
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        Functions functions = Functions.of(read(settings.functions(), "schedule.functions"));
        if (settings.file().isPresent()) {
            return WaitingCalls.compare(read(settings.file().get(), "schedule.file"), functions);
        }
        // Nobody has scheduled anything before the first deployment, and there is nothing to ask.
        return current.versions().isEmpty() ? List.of() : WaitingCalls.compare(listed(), functions);
    }

    private Source read(String path, String key) throws ProblemException, IOException, InterruptedException {
        byte[] bytes = coming.read(path)
                .orElseThrow(() -> new ProblemException(
                        "check.failed",
                        "there is no file " + path + " in " + coming.version() + ".",
                        "Correct " + key + " in deploy.toml, or commit the file."));
        return DocumentReader.read(path, bytes);
    }

    private Source listed() throws ProblemException, InterruptedException {
        Target target = target();
        Command command = commands.list("list scheduled calls", settings.run().orElseThrow(), LONGEST);
        Outcome outcome = remote.run(Map.of(target, command)).get(target);
        if (outcome instanceof Outcome.Exited exited && exited.code() == 0) {
            byte[] printed = exited.stdout().getBytes(StandardCharsets.UTF_8);
            return DocumentReader.read("schedule.run.json", printed);
        }
        throw new ProblemException(
                "check.failed",
                "schedule.run on " + target.name() + ": " + outcome.describe(),
                "Let it print the calls as JSON, and exit with 0.");
    }

    private Target target() throws ProblemException {
        return remote.targets().stream()
                .filter(t -> t.playsOneOf(Set.copyOf(settings.on())))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        "check.failed",
                        "no target has one of the roles " + String.join(", ", settings.on()) + ".",
                        "Correct schedule.on in deploy.toml, or give a target the role."));
    }
}
