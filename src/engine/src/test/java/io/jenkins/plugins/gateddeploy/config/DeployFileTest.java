package io.jenkins.plugins.gateddeploy.config;

import static io.jenkins.plugins.gateddeploy.config.Written.ENVIRONMENT;
import static io.jenkins.plugins.gateddeploy.config.Written.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a good deploy.toml is read to. */
class DeployFileTest {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void readsTheWholeOutline() throws Exception {
        DeployFile file = DeployFile.parse("deploy.toml", Outline.TEXT);

        assertThat(file.app()).isEqualTo("storefront");
        assertThat(file.environments()).containsExactly("staging", "production");
        Configuration production = file.configuration("production");
        assertThat(production.source())
                .isEqualTo(new SourceSettings(
                        Optional.of("https://git.example.org/storefront.git"),
                        Optional.of("git-read-only"),
                        SourceSettings.Mode.PUSH));
        assertThat(production.release())
                .isEqualTo(new ReleaseSettings(
                        "/srv/storefront",
                        10,
                        List.of(new ReleaseSettings.Shared("storage", true), new ReleaseSettings.Shared(".env", false)),
                        ReleaseSettings.Reuse.COPY));
        assertThat(production.variables())
                .containsEntry("APP_ENV", new Variable.Literal("production"))
                .containsEntry("STRIPE_KEY", new Variable.SecretReference("stripe-live"))
                .hasSize(2);
        assertThat(production.health())
                .contains(new Health(
                        new Health.Check.Http("http://{target}:8080/health", Set.of(200), Optional.empty()),
                        Health.From.HOST,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        5));
        assertThat(production.targets())
                .containsExactly(
                        new Target("deploy", "web-1", 2222, Set.of(), List.of()),
                        new Target("deploy", "job-1", 22, Set.of("worker"), List.of()));
        assertThat(production.credentials()).contains("production-ssh");
        assertThat(production.branch()).isEmpty();
        assertThat(production.onFailure()).isEqualTo(OnFailure.ROLLBACK);
        assertThat(production.ssh().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(production.approval())
                .contains(new Approval(
                        List.of("@release-managers", "alice"),
                        2,
                        Duration.ofHours(4),
                        false,
                        List.of("build-success", "tests-pass")));
        assertThat(file.configuration("staging").approval()).isEmpty();
        assertThat(production.sectionsNotBuilt()).containsExactly("strategy");
        assertThat(file.configuration("staging").sectionsNotBuilt()).isEmpty();
        assertThat(file.configuration("staging").branch()).contains("develop");
    }

    @Test
    void asksOneOfEverybodyForADayWhenApprovalSaysNoMore() throws Exception {
        assertThat(Written.live("approval = {}").approval())
                .contains(new Approval(List.of(), 1, Duration.ofHours(24), false, List.of()));
    }

    @Test
    void putsTasksOfTheFileInPlaceOfTheRecipesOrBehindThem() throws Exception {
        Configuration staging = DeployFile.parse("deploy.toml", Outline.TEXT).configuration("staging");

        assertThat(staging.tasks().stream().map(Task::name))
                .containsExactly("install", "storage_link", "optimize", "migrate", "restart", "queue", "clear_cache");
        assertThat(staging.tasks().get(0).run()).isEqualTo("composer install --no-dev");
        assertThat(staging.tasks(Task.Phase.SWITCHED)).hasSize(3);
    }

    @Test
    void fillsInDefaults() throws Exception {
        Configuration live = Written.live("health.tcp = \"{target}:8080\"\ntasks.a = \"true\"");

        assertThat(live.source())
                .isEqualTo(new SourceSettings(Optional.empty(), Optional.empty(), SourceSettings.Mode.PUSH));
        assertThat(live.release())
                .isEqualTo(new ReleaseSettings("/srv/shop", 10, List.of(), ReleaseSettings.Reuse.COPY));
        assertThat(live.ssh())
                .isEqualTo(new Targets.Settings(
                        Duration.ofSeconds(10), Duration.ofSeconds(15), 20, null, Duration.ofSeconds(30)));
        assertThat(live.health())
                .contains(new Health(
                        new Health.Check.Tcp("{target}", 8080),
                        Health.From.HOST,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        5));
        assertThat(live.tasks())
                .containsExactly(new Task(
                        "a",
                        "true",
                        Task.Phase.PREPARE,
                        false,
                        Set.of(),
                        Optional.empty(),
                        false,
                        false,
                        Duration.ofMinutes(30)));
        assertThat(live.targets()).containsExactly(new Target(null, "web-1", 22, Set.of(), List.of()));
        assertThat(Written.live("").health()).isEmpty();
    }

    @Test
    void readsEveryFormOfATarget() throws Exception {
        Configuration live = Written.only("""
                app = "shop"
                release.path = "/srv/shop"
                ssh.jump = "hop@bastion:2200"
                [environments.live]
                targets = [
                  "web-1", "me@web-2", "me@10.0.0.1:2222", "me@[::1]:2222", "[fe80::1%%eth0]", "me@corp@web-3",
                  { host = "web-4", host_key = "%s my laptop" },
                ]
                """.formatted(HOST_KEY));

        assertThat(live.targets().stream().map(t -> t.user() + " " + t.host() + " " + t.port()))
                .containsExactly(
                        "null web-1 22",
                        "me web-2 22",
                        "me 10.0.0.1 2222",
                        "me ::1 2222",
                        "null fe80::1%eth0 22",
                        "me@corp web-3 22",
                        "null web-4 22");
        assertThat(live.targets().get(6).hostKeys()).containsExactly(HOST_KEY);
        assertThat(live.ssh().jump()).isEqualTo(new Target("hop", "bastion", 2200, Set.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "10m,PT10M", "4h,PT4H", "1h30m,PT1H30M", "1d,PT24H", "1m500ms,PT1M0.5S"})
    void readsDurations(String written, Duration meant) throws Exception {
        assertThat(Written.live("ssh.keep_alive = \"" + written + "\"").ssh().keepAlive())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"/srv/shop,/srv/shop", "/srv/shop/,/srv/shop", "//srv/./shop//x,/srv/shop/x", "/srv/a b,/srv/a b"})
    void bringsPathsToTheirNormalForm(String written, String normal) throws Exception {
        String text = "app = \"a\"\nrelease.path = \"" + written + "\"\nenvironments.live.targets = [\"a\"]";

        assertThat(Written.only(text).release().path()).isEqualTo(normal);
    }

    @Test
    void mergesTablesKeyByKeyAndReplacesListsAndSingleValues() throws Exception {
        DeployFile file = DeployFile.parse("deploy.toml", """
                app = "shop"
                credentials = "everywhere"
                on_failure = "stop"
                recipe = "rails"
                [release]
                path = "/srv/shop"
                shared = ["a/", "b/"]
                [variables]
                A = "1"
                B = { secret = "b" }
                [environments.plain]
                targets = ["p"]
                [environments.other]
                targets = ["o"]
                credentials = "own"
                on_failure = "rollback"
                recipe = "static"
                release = { keep = 3, shared = ["c"] }
                variables = { B = "2", C = "3" }
                """);

        Configuration plain = file.configuration("plain");
        Configuration other = file.configuration("other");
        assertThat(plain.credentials()).contains("everywhere");
        assertThat(plain.onFailure()).isEqualTo(OnFailure.STOP);
        assertThat(plain.release().shared()).hasSize(2);
        assertThat(plain.variables()).containsKeys("A", "B", "RAILS_ENV", "BUNDLE_PATH");
        assertThat(plain.tasks()).extracting(Task::name).contains("assets");
        assertThat(other.credentials()).contains("own");
        assertThat(other.onFailure()).isEqualTo(OnFailure.ROLLBACK);
        assertThat(other.release())
                .isEqualTo(new ReleaseSettings(
                        "/srv/shop", 3, List.of(new ReleaseSettings.Shared("c", false)), ReleaseSettings.Reuse.COPY));
        assertThat(other.variables())
                .containsExactly(
                        entry("A", new Variable.Literal("1")),
                        entry("B", new Variable.Literal("2")),
                        entry("C", new Variable.Literal("3")));
        assertThat(other.tasks()).isEmpty();
    }

    @Test
    void takesAnotherKindOfHealthCheckInPlaceOfTheFirstWithAllThatBelongsToIt() throws Exception {
        String top = SMALLEST
                + "health = { http = \"http://{target}/\", status = [200, 204], body = \"ok\", retries = 9 }\n";

        Configuration tcp = Written.only(top + ENVIRONMENT + "health.tcp = \"{target}:80\"");
        Configuration http = Written.only(top + ENVIRONMENT + "health.body = \"fine\"");

        assertThat(tcp.health().orElseThrow().check()).isEqualTo(new Health.Check.Tcp("{target}", 80));
        assertThat(tcp.health().orElseThrow().retries()).isEqualTo(9);
        assertThat(http.health().orElseThrow().check())
                .isEqualTo(new Health.Check.Http("http://{target}/", Set.of(200, 204), Optional.of("fine")));
    }

    @Test
    void runsHealthCommandsOnTheTarget() throws Exception {
        assertThat(Written.live("health.run = \"bin/ok\"")
                        .health()
                        .orElseThrow()
                        .from())
                .isEqualTo(Health.From.TARGET);
    }

    @Test
    void ordersTasksByPhaseThenByTheFileThenByAfter() throws Exception {
        Configuration live = Written.live("""
                [tasks]
                s1 = { run = "x", at = "switched", after = "p1" }
                p3 = { run = "x", after = "p1" }
                p1 = "x"
                p2 = "x"
                p4 = { run = "x", after = "p1" }
                p5 = { run = "x", after = "p3" }
                s0 = { run = "x", at = "switched" }
                """);

        assertThat(live.tasks()).extracting(Task::name).containsExactly("p1", "p3", "p5", "p4", "p2", "s1", "s0");
    }

    @Test
    void replacesATaskAsAWholeWhereItStandsAndRemovesOneThatIsFalse() throws Exception {
        Configuration live = Written.only(SMALLEST + "recipe = \"laravel\"\ntasks.storage_link = false\n" + ENVIRONMENT
                + "tasks.migrate = \"true\"\ntasks.queue = false\ntasks.extra = { run = \"x\", after = \"install\" }");

        assertThat(live.tasks())
                .extracting(Task::name)
                .containsExactly("install", "extra", "optimize", "migrate", "restart");
        assertThat(live.tasks().get(3).once()).isFalse();
        assertThat(live.tasks().get(3).undo()).isEmpty();
    }

    @Test
    void letsATaskAtTheTopNameARoleThatOnlySomeEnvironmentsHave() throws Exception {
        DeployFile file = DeployFile.parse("deploy.toml", Outline.TEXT);

        assertThat(file.configuration("staging").tasks()).extracting(Task::name).contains("queue");
    }
}
