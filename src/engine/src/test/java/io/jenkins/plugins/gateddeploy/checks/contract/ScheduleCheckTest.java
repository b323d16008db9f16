package io.jenkins.plugins.gateddeploy.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.ScheduledCalls;
import io.jenkins.plugins.gateddeploy.fixture.LocalTargets;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleCheckTest {
    private static final String FUNCTIONS = """
            { "functions": [
              { "name": "mail:send", "args": { "to": "string", "copies": { "type": "bigint", "optional": true },
                "parts": { "type": "array", "value": { "type": "string" }, "optional": true } } },
              { "name": "job:clean" }
            ] }""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{ \"name\": \"mail:send\", \"args\": { \"to\": \"a\" } }]",
                "[{ \"name\": \"mail.js:send\", \"args\": [{ \"to\": \"a\", \"copies\": { \"$integer\": \"AQAAAAAAAAA=\" } }] }]",
                "{ \"calls\": [{ \"function\": \"mail:send\", \"arguments\": { \"to\": \"a\", \"copies\": 3 } }] }",
                "[{ \"name\": \"job:clean\", \"args\": { \"anything\": 1 } }, { \"name\": \"job:clean\" }]",
                "[{ \"name\": \"gone\", \"state\": { \"kind\": \"success\" } }, { \"name\": \"gone\", \"state\": \"failed\" }]",
            })
    void bearsCallsThatFit(String calls) throws Exception {
        assertThat(fromFile(calls)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{ \"name\": \"mail:post\" }]|names the function mail:post, which is no longer there",
                "[{ \"name\": \"mail:send\" }]|the argument to is required and would be missing",
                "[{ \"name\": \"mail:send\", \"args\": [] }]|the argument to is required and would be missing",
                "[{ \"name\": \"mail:send\", \"args\": { \"to\": \"hunter2\", \"cc\": \"hunter2\" } }]|the argument cc is no longer taken",
                "[{ \"name\": \"mail:send\", \"args\": { \"to\": 5 } }]|the argument to would be number, but has to be string",
                "[{ \"name\": \"mail:send\", \"args\": { \"to\": \"hunter2\", \"copies\": 1.5 } }]|copies would be number, but has to be bigint",
                "[{ \"name\": \"mail:send\", \"args\": { \"to\": \"x\", \"parts\": [\"x\", 1] } }]|the argument parts[] would be number",
                "[{ \"name\": \"mail:send\", \"args\": \"hunter2\" }]|the argument object would be string",
                "[{ \"name\": \"a\", \"state\": { \"kind\": \"pending\" } }, { \"name\": \"a\" }]|no longer there (2 calls).",
            })
    void findsCallsThatDoNotFitWithoutShowingTheirValues(String calls, String message) throws Exception {
        assertThat(fromFile(calls))
                .singleElement()
                .asString()
                .contains(message)
                .doesNotContain("hunter2")
                .endsWith("[schedule.incompatible]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "{}", "[1]", "[{ \"name\": \"mail:send\", \"args\": [1, 2] }]", "[", "3"})
    void cannotBeCarriedOutWithSomethingElse(String calls) {
        assertThatThrownBy(() -> fromFile(calls))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("calls.json");
    }

    @Test
    void asksOneTargetOfTheRoleInItsCurrentRelease() throws Exception {
        Path current = java.nio.file.Files.createDirectories(folder.resolve("current"));
        java.nio.file.Files.writeString(current.resolve("calls.txt"), "[{ \"name\": \"gone:one\" }]");
        GivenRemote remote = new GivenRemote();

        assertThat(lines(onTarget("cat calls.txt", remote, List.of(GivenFiles.of("v1")))
                        .find()))
                .singleElement()
                .asString()
                .contains("gone:one");
        assertThat(remote.asked.host()).isEqualTo("job-1");
    }

    @Test
    void asksNobodyBeforeTheFirstDeployment() throws Exception {
        GivenRemote remote = new GivenRemote();

        assertThat(onTarget("exit 3", remote, List.of()).find()).isEmpty();
        assertThat(remote.asked).isNull();
    }

    @Test
    void cannotBeCarriedOutWhenTheCommandFails() throws Exception {
        java.nio.file.Files.createDirectories(folder.resolve("current"));

        assertThatThrownBy(
                        () -> onTarget("echo no database >&2; exit 3", new GivenRemote(), List.of(GivenFiles.of("v1")))
                                .find())
                .hasMessageContaining("schedule.run on job-1: no database (exit code 3)");
        assertThatThrownBy(() -> onTarget("echo '<html>'", new GivenRemote(), List.of(GivenFiles.of("v1")))
                        .find())
                .hasMessageContaining("is not JSON");
    }

    private List<String> fromFile(String calls) throws Exception {
        ScheduledCalls settings =
                new ScheduledCalls(Optional.empty(), Optional.of("calls.json"), List.of(), "functions.json");
        Files coming = GivenFiles.of("v2", "calls.json", calls, "functions.json", FUNCTIONS);
        return lines(new ScheduleCheck(settings, coming, List::of, new GivenRemote(), commands()).find());
    }

    private ScheduleCheck onTarget(String run, Remote remote, List<Files> current) {
        ScheduledCalls settings =
                new ScheduledCalls(Optional.of(run), Optional.empty(), List.of("worker"), "functions.json");
        Files coming = GivenFiles.of("v2", "functions.json", FUNCTIONS);
        return new ScheduleCheck(settings, coming, () -> current, remote, commands());
    }

    private Commands commands() {
        return new Commands(new Layout(folder.toString()), "checks", "checks");
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::oneLine).toList();
    }

    /** Two targets that are this machine. */
    private static final class GivenRemote implements Remote {
        private Target asked;

        @Override
        public List<Target> targets() {
            return List.of(
                    new Target(null, "web-1", 22, Set.of("web"), List.of()),
                    new Target(null, "job-1", 22, Set.of("worker"), List.of()));
        }

        @Override
        public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
            asked = commands.keySet().iterator().next();
            try (LocalTargets shell = new LocalTargets(List.of("sh"))) {
                return shell.run(commands);
            }
        }
    }
}
