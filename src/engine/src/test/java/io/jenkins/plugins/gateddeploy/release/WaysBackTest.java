package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.notice.WentBack;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes back with a release, what stays, and what keeps a release from coming back, on real servers. */
class WaysBackTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    private static final String MIGRATIONS = """
            [tasks]
            migrate = { run = "echo up $(cat version.txt) >> ../../trail", once = true, undo = "cat down && echo down $(cat version.txt) >> ../../trail" }
            seed = { run = "true", once = true }
            build = { run = "true" }
            """;
    private static final String RESTORING = "restore_variables = true\n[release]\nshared = [\".env\", \"storage/\"]\n";

    @AfterEach
    void everyServerIsBack() {
        world.servers().forEach(server -> {
            if (!isUp(server)) {
                world.server(server).restart();
            }
        });
    }

    private static boolean isUp(int server) {
        try (java.net.Socket socket = new java.net.Socket(
                world.server(server).target().host(), world.server(server).port())) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static Result back(String sections, String to, boolean undo) throws Exception {
        return world.deployer().rollback(Host.request(world.configuration(sections)), to, undo);
    }

    private static List<Pin> pins() {
        return world.history().pins().standing(world.appName(), "production");
    }

    private static String trail() throws Exception {
        return Files.readString(world.on(0).resolve("trail"));
    }

    private static void env(int server, String text) throws Exception {
        Files.writeString(world.on(server).resolve("shared/.env"), text);
    }

    private static String env(int server) throws Exception {
        return Files.readString(world.on(server).resolve("shared/.env"));
    }

    @Test
    void takesBackTheMigrationsOfEveryLaterReleaseNewestFirstAndNamesThemBefore() throws Exception {
        world.file("down", "");
        String first = world.succeed("1", MIGRATIONS).record().release();
        world.succeed("2", MIGRATIONS);
        world.succeed("3", MIGRATIONS);

        Result result = back(MIGRATIONS, first, true);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(trail()).isEqualTo("up 1\nup 2\nup 3\ndown 3\ndown 2\n");
        List<String> said = world.host().log("");
        String third = world.history()
                .list(io.jenkins.plugins.gateddeploy.history.Filter.of(world.appName(), "production", 2))
                .get(1)
                .release();
        String announced = said.stream()
                .filter(line -> line.startsWith("Taken back before the switch, one after the other: migrate of "))
                .findFirst()
                .orElseThrow();
        assertThat(announced).contains(third.substring(third.indexOf('-') + 1)).contains("cat down");
        assertThat(said.indexOf(announced))
                .isLessThan(said.indexOf(said.stream()
                        .filter(line -> line.startsWith("Taking back migrate of "))
                        .findFirst()
                        .orElseThrow()));
        assertThat(said)
                .filteredOn(line -> line.startsWith("Warning: seed of "))
                .hasSize(2);
        assertThat(said).noneMatch(line -> line.contains("build of"));
    }

    @Test
    void anUndoThatFailsHalfWayStopsAndSaysWhatIsWhere() throws Exception {
        world.file("down", "");
        String first = world.succeed("1", MIGRATIONS).record().release();
        Files.delete(world.app().resolve("down"));
        world.succeed("2", MIGRATIONS);
        world.file("down", "");
        String third = world.succeed("3", MIGRATIONS).record().release();

        Result result = back(MIGRATIONS, first, true);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.FAILED);
        assertThat(result.record().message())
                .contains("Taking back migrate of ")
                .contains("taken back before it: migrate of " + third.substring(third.indexOf('-') + 1));
        assertThat(trail()).isEqualTo("up 1\nup 2\nup 3\ndown 3\n");
        assertThat(world.everywhere("version.txt")).containsOnly("3");
        assertThat(world.log())
                .contains("Nothing was switched: " + third + " stays current.")
                .contains(world.name(0) + "| Taken back, and not done again: migrate");
        assertThat(pins()).isEmpty();
        world.assertTidy();
    }

    @Test
    void withoutBeingAskedTakesNothingBackAndSaysSo() throws Exception {
        world.succeed("1", MIGRATIONS);
        world.succeed("2", MIGRATIONS);
        back(MIGRATIONS, "previous", false);

        assertThat(trail()).isEqualTo("up 1\nup 2\n");
        assertThat(world.log())
                .contains("What these tasks did stays, since nobody asked to take them back: migrate of ");
    }

    @Test
    void refusesToTakeBackWhatLostItsFilesBeforeAnythingIsChanged() throws Exception {
        world.file("down", "");
        String first = world.succeed("1", MIGRATIONS).record().release();
        String second = world.succeed("2", MIGRATIONS).record().release();
        world.succeed("3", MIGRATIONS);
        world.run(0, "rm -r " + world.base() + "/releases/" + second);

        assertThatThrownBy(() -> back(MIGRATIONS, first, true))
                .hasMessageContaining("the files of their releases are gone: migrate of ")
                .hasMessageContaining(" on " + world.name(0) + ". Go back without undo");
        assertThat(trail()).isEqualTo("up 1\nup 2\nup 3\n");
        assertThat(world.everywhere("version.txt")).containsOnly("3");
        world.assertTidy();
    }

    @Test
    void restoresTheSharedFilesThatTheReleaseWasLastRunWith() throws Exception {
        String first = world.succeed("1", RESTORING).record().release();
        env(0, "KEY=one");
        env(1, "KEY=other");
        Files.setPosixFilePermissions(world.on(0).resolve("shared/.env"), PosixFilePermissions.fromString("rw-r-----"));
        world.succeed("2", RESTORING);
        env(0, "KEY=two");
        env(1, "KEY=two");

        assertThat(back(RESTORING, "previous", false).record().state())
                .as(world.log())
                .isEqualTo(State.SUCCEEDED);
        assertThat(env(0)).isEqualTo("KEY=one");
        assertThat(env(1)).isEqualTo("KEY=other");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(world.on(0).resolve("shared/.env"))))
                .isEqualTo("rw-r-----");
        Path kept = world.on(0).resolve(".gated-deploy/kept").resolve(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.resolve(".env"))))
                .isEqualTo("rw-------");
        assertThat(world.log())
                .contains("| shared/.env is as it was with " + first)
                .doesNotContain("KEY=");

        back(RESTORING, "#2", false);
        assertThat(env(0)).isEqualTo("KEY=two");
    }

    @Test
    void aRollbackThatFailsLeavesTheSharedFilesAsTheyWere() throws Exception {
        world.succeed("1", RESTORING);
        env(0, "KEY=one");
        world.succeed("2", RESTORING);
        env(0, "KEY=two");

        Result result = back(RESTORING + "[health]\nrun = \"grep -q two .env\"\nretries = 0\n", "previous", false);
        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(env(0)).isEqualTo("KEY=two");
        assertThat(pins()).isEmpty();
    }

    @Test
    void keepsNoCopyOfSharedFilesUnlessAskedTo() throws Exception {
        String quiet = "[release]\nshared = [\".env\"]\n";
        world.succeed("1", quiet);
        env(0, "KEY=one");
        world.succeed("2", quiet);
        env(0, "KEY=two");
        back(quiet, "previous", false);

        assertThat(env(0)).isEqualTo("KEY=two");
        assertThat(world.on(0).resolve(".gated-deploy/kept")).doesNotExist();
    }

    @Test
    void saysBeforeItBeginsThatATargetIsGoneAndBringsThatAlongLater() throws Exception {
        world.succeed("0", "");
        String first = world.succeed("1", "").record().release();
        world.succeed("2", "");
        world.host().limits(Duration.ofSeconds(30), Duration.ofSeconds(1));
        world.server(1).kill();
        Configuration configuration = world.configuration("");

        Result refused = world.rollback(configuration, "previous");
        assertThat(refused.record().state()).isEqualTo(State.FAILED);
        assertThat(refused.record().message())
                .contains(world.name(1))
                .contains("Nothing was changed. Go back on the others alone (targets " + world.name(0) + ")");
        assertThat(world.currentRelease(0)).isNotEqualTo(first);

        Result some = world.deployer()
                .rollback(new Deployer.Request(configuration, List.of(world.name(0)), Set.of()), "previous", false);
        assertThat(some.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsExactly("1", "2");

        world.server(1).restart();
        Result later = world.deployer()
                .rollback(new Deployer.Request(configuration, List.of(world.name(1)), Set.of()), "previous", false);
        assertThat(later.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(world.log()).contains("Other targets went back to " + first + " with deployment #");
    }

    @Test
    void aTargetThatMissedTwoRollbacksGoesToWhereTheOthersAre() throws Exception {
        world.succeed("0", "");
        world.succeed("1", "");
        world.succeed("2", "");
        Configuration configuration = world.configuration("");
        Deployer.Request one = new Deployer.Request(configuration, List.of(world.name(0)), Set.of());
        world.deployer().rollback(one, "previous", false);
        world.deployer().rollback(one, "previous", false);
        assertThat(world.everywhere("version.txt")).containsExactly("0", "2");

        world.deployer()
                .rollback(new Deployer.Request(configuration, List.of(world.name(1)), Set.of()), "previous", false);
        assertThat(world.everywhere("version.txt")).containsOnly("0");
    }

    @Test
    void aRollbackPinsWhatItTookBackAndANewerVersionLiftsThat() throws Exception {
        world.succeed("1", "");
        Result bad = world.succeed("2", "");
        back("", "previous", false);
        assertThat(pins()).singleElement().satisfies(pin -> {
            assertThat(pin.commit()).isEqualTo(bad.record().commit());
            assertThat(pin.release()).isEqualTo(bad.record().release());
            assertThat(pin.who()).isEqualTo("alice");
            assertThat(pin.deployment()).isEqualTo(world.last().id());
        });
        assertThat(world.log()).contains("production is pinned: nothing that starts by itself puts ");

        world.succeed("3", "");
        assertThat(pins()).isEmpty();
        assertThat(world.history().pins().all(world.appName(), "production"))
                .singleElement()
                .satisfies(pin -> assertThat(pin.lifted().orElseThrow().why()).startsWith("Deployment #4 made "));
    }

    @Test
    void whoeverPutsItBackLiftsThePinAndIsTold() throws Exception {
        world.succeed("1", "");
        world.succeed("2", "");
        back("", "previous", false);
        world.succeed("2", "");
        assertThat(world.log()).contains("People went back from this: ").contains("It is deployed all the same.");
        assertThat(pins()).isEmpty();

        back("", "previous", false);
        assertThat(pins()).hasSize(1);
        back(
                "",
                world.history()
                        .made(world.appName(), "production", pins().get(0).release())
                        .orElseThrow()
                        .release(),
                false);
        assertThat(pins()).isEmpty();
    }

    @Test
    void aWatchedDeploymentGoesBackByItselfWhenItFailsLater() throws Exception {
        String watched =
                "confirm_for = \"60s\"\n[health]\nrun = \"test ! -e ../../broken\"\nretries = 0\ninterval = \"100ms\"\n";
        world.succeed("1", "");
        world.file("version.txt", "2");
        world.host().reader(line -> {
            if (line.text().startsWith("The health check is watched until")) {
                assertThat(world.last().state()).isEqualTo(State.CONFIRMING);
                try {
                    Files.writeString(world.on(1).resolve("broken"), "");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        Result result = world.deploy(world.configuration(watched));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(world.history().outbox().wentBack(Instant.EPOCH))
                .filteredOn(w -> w.app().equals(world.appName()))
                .extracting(WentBack::deployment, WentBack::actor)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(result.record().id(), "alice"));
        world.assertTidy();
    }

    @Test
    void aWatchedDeploymentThatStaysWellSucceedsAfterThatTime() throws Exception {
        String watched = "confirm_for = \"3s\"\n[health]\nrun = \"echo asked >> ../../asked\"\ninterval = \"50ms\"\n";
        StandingClock clock = new StandingClock(Instant.parse("2026-01-01T00:00:00Z"));
        world.host().clock(clock);
        // The first is the usual check; as long as nobody moves the clock, more and more follow.
        world.meddling()
                .after("health check", () -> {})
                .after("health check", () -> clock.move(Duration.ofMillis(2_999)))
                .after("health check", () -> clock.move(Duration.ofMillis(1)));
        Result result = world.file("version.txt", "1").deploy(world.configuration(watched));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(Files.readAllLines(world.on(0).resolve("asked"))).hasSize(3);
        assertThat(world.log()).contains("The health check is watched until 2026-01-01T00:00:03Z; ");
        assertThat(world.host().log(world.name(0))).containsOnlyOnce("Health check passed");
        assertThat(world.meddling().isStandingBy())
                .as("whether others may have what it does not need meanwhile")
                .isTrue();
        assertThat(world.history().outbox().wentBack(Instant.EPOCH))
                .noneMatch(w -> w.app().equals(world.appName()));
    }

    private static final String TASK = "[tasks]\na = \"true\"\n";

    private static Gate approvedWayBack(String sections) throws Exception {
        Ways ways = new Ways(world.host().ports());
        Configuration configuration = world.configuration(sections);
        Plan plan = ways.plan(Host.request(configuration), ways.back(configuration, "previous"), false);
        AtGate host = new AtGate(world);
        Gate gate = host.gates().open(host.gate(plan, ""));
        host.gates().decide(gate.id(), Vote.onTheNewest(AtGate.BOB, Verdict.APPROVE, ""), Instant.now());
        return gate;
    }

    private static Result backThrough(Gate gate, String sections, boolean undo) throws Exception {
        Deployer.Request request = Host.request(world.configuration(sections))
                .with(Mandate.of(AtGate.BUILD, List.of()).through(gate.id()));
        return world.deployer().rollback(request, "previous", undo);
    }

    @Test
    void anApprovedWayBackCountsForTheConfigurationThatPeopleWereAskedAboutAlone() throws Exception {
        world.succeed("1", TASK);
        world.succeed("2", TASK);
        Gate gate = approvedWayBack(TASK);

        assertThatThrownBy(() -> backThrough(gate, "[health]\nrun = \"true\"\n", false))
                .hasMessageContaining("the configuration")
                .hasMessageContaining("[gate.stale]");
        assertThatThrownBy(() -> backThrough(gate, AtGate.APPROVAL, false)).hasMessageContaining("[gate.stale]");
        assertThatThrownBy(() -> backThrough(gate, TASK, true)).hasMessageContaining("[gate.stale]");
        assertThatThrownBy(() -> world.deployer()
                        .rollback(
                                new Deployer.Request(world.configuration(TASK), List.of(), Set.of("a"))
                                        .with(Mandate.of(AtGate.BUILD, List.of())
                                                .through(gate.id())),
                                "previous",
                                false))
                .hasMessageContaining("[gate.stale]");
        assertThat(world.everywhere("version.txt")).containsExactly("2", "2");
        world.assertTidy();

        assertThat(backThrough(gate, TASK, false).record().state())
                .as(world.log())
                .isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsExactly("1", "1");
    }

    @Test
    void anApprovedWayBackDoesNotCountForAnotherRelease() throws Exception {
        String first = world.succeed("1", "").record().release();
        world.succeed("2", "");
        world.succeed("3", "");
        Gate gate = approvedWayBack("");
        Deployer.Request request = Host.request(world.configuration(""))
                .with(Mandate.of(AtGate.BUILD, List.of()).through(gate.id()));

        assertThatThrownBy(() -> world.deployer().rollback(request, first, false))
                .hasMessageContaining("the release")
                .hasMessageContaining("[gate.stale]");
        assertThat(world.everywhere("version.txt")).containsExactly("3", "3");
    }

    @Test
    void theChecksSayThatAForcedPushHasLostTheCommitThatIsCurrent() throws Exception {
        try (SampleRepository repository =
                SampleRepository.create(directory.resolve("lost-" + world.appName() + ".git"))) {
            String one = repository.file("version.txt", "1").commit("One");
            String two = repository.file("version.txt", "2").commit("Two");
            GitSource git =
                    new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("c")));
            Configuration production = world.configuration("");
            Deployer.Request request = new Deployer.Request(production, List.of(), Set.of(), git);
            world.deployer().deploy(request, git.resolve(two));
            assertThat(world.deployer().plan(request, git.resolve(two)).problems())
                    .isEmpty();

            repository.reset(one);
            String three = repository.file("version.txt", "3").commit("Three");
            assertThat(world.deployer().plan(request, git.resolve(three)).problems())
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.id()).isEqualTo("git.commit-missing");
                        assertThat(problem.message()).contains(two).contains("production");
                    });
        }
    }
}
