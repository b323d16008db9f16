package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What runs where, in which order, and what it knows. */
class TasksTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private static final String SECRET = "s3cr3t it's $(touch x) ünï";

    @Test
    void runInTheirOrderInTheirPhaseOnEveryTarget() throws Exception {
        world.succeed("1", """
                [tasks]
                one = 'echo one >> order; test ! -e ../../current'
                last = { run = 'echo last >> order; test "$(readlink ../../current)" = "releases/$(basename "$PWD")"', at = "switched" }
                two = 'echo two >> order; test ! -e ../../current'
                between = { run = 'echo between >> order', after = "one" }
                """);

        assertThat(world.everywhere("order")).containsOnly("one\nbetween\ntwo\nlast\n");
    }

    @Test
    void thatBackTheDataUpHaveTheirCopiesNotedWithTheDeployment() throws Exception {
        world.succeed("1", """
                [tasks]
                before = 'echo "backup: not this"'
                backup = { run = 'echo "backup: first"; echo "backup: s3://copies/1.sql"; echo bye', once = true }
                after = 'echo "backup: nor this"'
                """);

        assertThat(Backups.in(world.history().events(world.last().id())))
                .singleElement()
                .asString()
                .startsWith("s3://copies/1.sql (");
    }

    @Test
    void oneThatRunsOnceRunsOnTheFirstTargetWhileTheOthersWait() throws Exception {
        String trail = "echo \"$(date +%s%N) NAME $GATED_DEPLOY_TARGET\" >> " + directory + "/trail";
        world.succeed("1", """
                [tasks]
                before = '%s'
                migrate = { run = '%s; echo migrated > migrated', once = true }
                after = '%s'
                """.formatted(
                trail.replace("NAME", "before"), trail.replace("NAME", "migrate"), trail.replace("NAME", "after")));

        List<String> trailed = Files.readAllLines(directory.resolve("trail")).stream()
                .sorted()
                .map(line -> line.split(" ")[1])
                .toList();
        assertThat(trailed).containsExactly("before", "before", "before", "migrate", "after", "after", "after");
        assertThat(world.everywhere("migrated")).containsExactly("migrated\n", "(none)", "(none)");
    }

    @Test
    void oneForARoleRunsWhereThatIsPlayed() throws Exception {
        List<Target> targets = List.of(with(0, "web"), with(1, "web", "worker"), with(2, "worker"));
        world.file("version.txt", "1").succeed(world.configuration("""
                [tasks]
                web = { run = 'echo web >> ran', on = ["web"] }
                worker = { run = 'echo worker >> ran', on = ["worker"], at = "switched" }
                leader = { run = 'echo leader >> ran', on = ["worker"], once = true }
                """, targets));

        assertThat(world.everywhere("ran"))
                .containsExactly("web\n", "web\nleader\nworker\n", "leader\nworker\n".substring(7));
    }

    private static Target with(int server, String... roles) {
        OpenSshServer there = world.server(server);
        return there.target(Set.of(roles));
    }

    @Test
    void oneThatIsSkippedDoesNotRun() throws Exception {
        Configuration configuration =
                world.configuration("[tasks]\nkeep = 'echo keep >> ran'\ndrop = 'echo drop >> ran'\n");
        world.file("version.txt", "1");
        Result result = world.deployer()
                .deploy(new Deployer.Request(configuration, List.of(), Set.of("drop")), world.version());

        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("ran")).containsOnly("keep\n");
        assertThat(world.log()).contains("Task drop is skipped.");
    }

    @Test
    void onlyTheTargetsThatWereAskedForAreTouched() throws Exception {
        world.file("version.txt", "1");
        Result result = world.deployer()
                .deploy(
                        new Deployer.Request(world.configuration(""), List.of(world.name(1)), Set.of()),
                        world.version());

        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsExactly("(none)", "1", "(none)");
        assertThat(world.on(0)).doesNotExist();
    }

    @Test
    void knowWhereTheyAreAndWhatTheVariablesSay() throws Exception {
        String value = "it's \"$HOME\" `id`\n\tsecond line\\";
        String quoted = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        Result result = world.succeed("1", """
                [variables]
                TEXT = "%s"
                [tasks]
                tell = 'printf %%s "$TEXT" > text; env | grep ^GATED_DEPLOY_ | sort > told; echo "${LC_ALL-none}" > locale'
                """.formatted(quoted));

        assertThat(world.everywhere("text")).containsOnly(value);
        assertThat(Files.readAllLines(world.current(1).resolve("told")))
                .containsExactly(
                        "GATED_DEPLOY_APP=" + world.appName(),
                        "GATED_DEPLOY_COMMIT=" + result.record().commit(),
                        "GATED_DEPLOY_ENVIRONMENT=production",
                        "GATED_DEPLOY_RELEASE=" + result.record().release(),
                        "GATED_DEPLOY_TAG=",
                        "GATED_DEPLOY_TARGET=" + world.name(1));
        assertThat(world.everywhere("locale"))
                .as("the engine's own locale stays its own")
                .containsOnly("none\n");
    }

    @Test
    void aSecretReachesTheTaskAndNeitherFilesNorCommandLinesNorTheLog() throws Exception {
        List<String> commandLines = new CopyOnWriteArrayList<>();
        world.host().secret("key", SECRET).reader(line -> {
            if (line.text().equals("look now")) {
                commandLines.addAll(commandLines());
            }
        });
        world.succeed("1", """
                [variables]
                KEY = { secret = "key" }
                [tasks]
                use = 'printf %s "$KEY" | sha256sum > sum; printf "%s\\n" "$KEY"; echo look now; sleep 0.5'
                after = { run = 'test -n "$KEY"', at = "switched" }
                """.replace("\\\\n", "\\n"));

        assertThat(world.everywhere("sum")).containsOnly(sha256(SECRET) + "  -\n");
        assertThat(commandLines)
                .anyMatch(line -> line.contains("gated-deploy-task"))
                .noneMatch(l -> l.contains("s3cr3t"));
        for (int server : world.servers()) {
            String hex = java.util.HexFormat.of().formatHex("s3cr3t".getBytes(StandardCharsets.UTF_8));
            assertThat(world.listing(server))
                    .noneSatisfy((file, content) -> assertThat(content).contains(hex));
        }
        assertThat(world.log()).contains("look now").doesNotContain("s3cr3t");
    }

    @Test
    void aSecretThatOnlyTheOldReleaseKnowsIsMaskedWhenItIsCurrentAgain() throws Exception {
        world.host().secret("key", SECRET);
        world.succeed("1", """
                [variables]
                KEY = { secret = "key" }
                [tasks]
                show = { run = 'echo "the key is $KEY"', at = "switched" }
                """);
        world.succeed("2", "");
        Result back = world.rollback(world.configuration(""), "previous");
        assertThat(back.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        world.succeed("3", "");
        world.rollback(world.configuration(""), "#1");
        world.file("version.txt", "4");
        world.deploy(world.configuration("[tasks]\nbad = { run = \"exit 1\", at = \"switched\" }\n"));

        assertThat(world.log()).contains("the key is").doesNotContain("s3cr3t");
    }

    @Test
    void aSecretThatIsMissingRefusesBeforeAnythingIsChanged() throws Exception {
        Configuration configuration = world.configuration("[variables]\nKEY = { secret = \"nowhere\" }\n");
        world.file("version.txt", "1");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> world.deploy(configuration))
                .hasMessageContaining("Variable KEY has no value")
                .hasMessageContaining("nowhere");
        assertThat(world.on(0)).doesNotExist();
    }

    @Test
    void mayPrintWhatLooksLikeAMarkOfTheSupervisor() throws Exception {
        world.succeed("1", """
                [tasks]
                odd = 'printf "\\\\036exit odd x\\\\n\\\\036begin\\\\n\\\\036exit \\\\n\\\\036"; head -c 3000 /dev/zero | tr "\\\\0" z; printf "\\\\036"'
                then = 'echo then >> ran'
                """);

        assertThat(world.everywhere("ran")).containsOnly("then\n");
        assertThat(world.host().log(world.name(0))).anyMatch(line -> line.contains("exit odd x"));
    }

    @Test
    void mayLeaveServicesRunning() throws Exception {
        world.succeed("1", "[tasks]\nserve = 'sleep 600 & echo $! > pid'\n");

        List<Long> pids = new ArrayList<>();
        for (String pid : world.everywhere("pid")) {
            pids.add(Long.parseLong(pid.strip()));
        }
        assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static String sha256(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> commandLines() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .map(p -> read(p.resolve("cmdline")))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
