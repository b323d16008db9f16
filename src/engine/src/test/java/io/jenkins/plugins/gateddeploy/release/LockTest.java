package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several that want to deploy to the same place. */
class LockTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private static final Owner ELSEWHERE = new Owner("elsewhere/1/2", 1234, 5678);
    private static final Owner DEAD =
            new Owner(Processes.host(), ProcessHandle.current().pid(), 1);
    private static final String TASKS = "[tasks]\nbuild = \"cp version.txt built\"\n";

    /** A deployment of another host that stops where a test wants it to, until the test lets it go on. */
    private static final class Rival implements AutoCloseable {
        private final Host host;
        private final CountDownLatch there = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final CompletableFuture<Result> result;

        Rival(Owner owner, String stop, Configuration configuration) throws Exception {
            host = world.host("rival-" + world.appName());
            host.owner(owner);
            host.meddling().before(stop, () -> {
                there.countDown();
                go.await();
            });
            Path app = Files.createDirectories(directory.resolve("rival-app"));
            Files.writeString(app.resolve("version.txt"), "rival");
            Version version = new FolderSource(app.toString(), List.of("**"), List.of()).read(Clock.systemUTC());
            result = CompletableFuture.supplyAsync(() -> {
                try {
                    return host.deploy(configuration, version);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    there.countDown();
                }
            });
            there.await();
        }

        Result end() {
            go.countDown();
            return result.join();
        }

        @Override
        public void close() {
            end();
            host.close();
        }
    }

    @Test
    void whatALiveHostHoldsIsLeftAlone() throws Exception {
        world.succeed("1", TASKS);
        try (Rival rival = new Rival(ELSEWHERE, "switch", world.configuration(TASKS))) {
            var before = Stream.of(0, 1, 2).map(LockTest::listing).toList();
            world.file("version.txt", "2");
            Result result = world.deploy(world.configuration(TASKS));

            assertThat(result.locked()).isTrue();
            assertThat(result.record().state()).isEqualTo(State.CANCELLED);
            assertThat(result.heldBy())
                    .hasValueSatisfying(h -> assertThat(h.owner()).isEqualTo(ELSEWHERE));
            assertThat(result.record().message())
                    .contains("Somebody else is deploying", "process 1234 on elsewhere", "alice");
            assertThat(Stream.of(0, 1, 2).map(LockTest::listing).toList()).isEqualTo(before);
            assertThat(rival.end().record().state()).isEqualTo(State.SUCCEEDED);
        }
        assertThat(world.everywhere("version.txt")).containsOnly("rival");
        world.assertTidy();
    }

    private static Object listing(int server) {
        try {
            return world.listing(server);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatADeadProcessOfThisMachineHeldIsTakenOverAtOnceAndItsGhostChangesNothing() throws Exception {
        for (String phase : List.of("receive files", "run build", "switch", "end")) {
            world.fresh();
            world.succeed("1", TASKS);
            try (Rival rival = new Rival(DEAD, phase, world.configuration(TASKS))) {
                world.succeed("2", TASKS);
                assertThat(world.log()).contains("Took over the lock of alice").contains("who is gone");
                Result ghost = rival.end();

                assertThat(ghost.record().state()).as(phase + rival.host.log()).isEqualTo(State.INTERRUPTED);
                assertThat(ghost.record().message()).contains("Somebody else took over the lock");
            }
            assertThat(world.everywhere("version.txt")).as(phase).containsOnly("2");
            for (int server : world.servers()) {
                assertThat(world.releases(server)).as(phase).hasSize(2);
            }
            world.assertTidy();
        }
    }

    @Test
    void anExpiredLeaseOfAnotherHostIsTakenOver() throws Exception {
        world.succeed("1", TASKS);
        world.host().limits(Duration.ofSeconds(1), Duration.ofSeconds(20));
        try (Rival rival = new Rival(ELSEWHERE, "switch", world.configuration(TASKS))) {
            world.file("version.txt", "2");
            Configuration configuration = world.configuration(TASKS);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> !world.deploy(configuration).locked());
            assertThat(rival.end().record().state()).isEqualTo(State.INTERRUPTED);
        }
        assertThat(world.everywhere("version.txt")).containsOnly("2");
        world.assertTidy();
    }

    @Test
    void aHostThatGivesSignsOfLifeKeepsItsLock() throws Exception {
        world.succeed("1", TASKS);
        Host other = world.host("lively");
        world.host().limits(Duration.ofSeconds(10), Duration.ofSeconds(20));
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        other.owner(ELSEWHERE).limits(Duration.ofSeconds(10), Duration.ofSeconds(20));
        other.meddling().before("renew", () -> {
            throw new IllegalStateException("one renewal that goes wrong");
        });
        other.meddling().before("switch", () -> {
            there.countDown();
            go.await();
        });
        var version = world.file("version.txt", "lively").version();
        Configuration configuration = world.configuration(TASKS);
        CompletableFuture<Result> result = CompletableFuture.supplyAsync(() -> {
            try {
                return other.deploy(configuration, version);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        there.await();
        long end = System.nanoTime() + Duration.ofSeconds(13).toNanos();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(world.deploy(configuration).locked()).isTrue();
                    return System.nanoTime() > end;
                });
        go.countDown();
        assertThat(result.join().record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(other.meddling().recorded())
                .extracting(Rehearsed::command)
                .filteredOn(command -> command.name().startsWith("renew"))
                .as("a target that stalls must not cost the others their lease")
                .isNotEmpty()
                .allMatch(command -> command.timeout().toSeconds() < 5);
        other.close();
    }

    @Test
    void aLeaseDoesNotExpireWhileATaskOfItLives() throws Exception {
        String waiting =
                "[tasks]\nbuild = \": > ../../waiting; while [ ! -e ../../go ]; do sleep 0.05; done; cp version.txt built\"\n";
        world.succeed("1", "");
        world.host().limits(Duration.ofSeconds(1), Duration.ofSeconds(20));
        Host other = world.host("sleepy").owner(ELSEWHERE).limits(Duration.ofHours(1), Duration.ofSeconds(20));
        var version = world.file("version.txt", "sleepy").version();
        Configuration configuration = world.configuration(waiting);
        CompletableFuture<Result> result = CompletableFuture.supplyAsync(() -> {
            try {
                return other.deploy(configuration, version);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Path lock = world.on(0).resolve(".gated-deploy/lock");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(world.on(2).resolve("waiting")));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Files.getLastModifiedTime(lock.resolve(World.names(lock).get(0)))
                                        .toMillis()
                                < System.currentTimeMillis() - 2500);
        Result refused = world.deploy(world.configuration(""));

        assertThat(refused.locked()).isTrue();
        for (int server : world.servers()) {
            Files.writeString(world.on(server).resolve("go"), "");
        }
        assertThat(result.join().record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("built")).containsOnly("sleepy");
        other.close();
    }

    @Test
    void ofTwoThatComeAtTheSameMomentExactlyOneGoesOn() throws Exception {
        world.succeed("0", TASKS);
        try (Host other = world.host("racing").owner(ELSEWHERE)) {
            Configuration configuration = world.configuration(TASKS);
            for (int round = 1; round <= 10; round++) {
                CyclicBarrier barrier = new CyclicBarrier(2);
                var version = world.file("version.txt", "round " + round).version();
                List<CompletableFuture<Result>> both = Stream.of(world.host(), other)
                        .map(host -> CompletableFuture.supplyAsync(() -> {
                            try {
                                barrier.await();
                                return host.deploy(configuration, version);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }))
                        .toList();
                List<Result> results =
                        both.stream().map(CompletableFuture::join).toList();

                List<State> states =
                        results.stream().map(r -> r.record().state()).toList();
                if (states.contains(State.CANCELLED)) {
                    assertThat(states).containsExactlyInAnyOrder(State.SUCCEEDED, State.CANCELLED);
                    assertThat(results).filteredOn(Result::locked).hasSize(1);
                } else {
                    // The one was through before the other came.
                    assertThat(states).containsOnly(State.SUCCEEDED);
                }
                assertThat(world.everywhere("built")).containsOnly("round " + round);
            }
        }
        world.assertTidy();
    }

    @Test
    void unlockingLeavesALiveHostAloneUnlessAPersonInsists() throws Exception {
        world.succeed("1", TASKS);
        try (Rival rival = new Rival(ELSEWHERE, "end", world.configuration(TASKS))) {
            Unlocked refused = world.deployer().unlock(world.configuration(TASKS), false);
            assertThat(refused.done()).isFalse();
            assertThat(refused.held()).isTrue();
            assertThat(refused.message())
                    .contains("process 1234 on elsewhere")
                    .containsPattern("counts as gone (in \\d+ s|when that has ended)")
                    .contains("unlock again then");
            assertThat(world.everywhere("version.txt")).containsOnly("rival");

            Unlocked forced = world.deployer().unlock(world.configuration(TASKS), true);
            assertThat(forced.done()).as(forced.message()).isTrue();
            assertThat(forced.message()).contains("The lock is free on every target");
            assertThat(world.everywhere("version.txt")).containsOnly("1");
            world.assertTidy();
            assertThat(rival.end().record().state()).isEqualTo(State.INTERRUPTED);
        }
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();
        Unlocked nothing = world.deployer().unlock(world.configuration(TASKS), false);
        assertThat(nothing.done()).isTrue();
        assertThat(nothing.message()).isEqualTo("Nobody held a lock.");
    }

    @Test
    void aHostThatLosesOneTargetOnlyTakesTheOthersBackItself() throws Exception {
        world.succeed("1", TASKS);
        String health = TASKS + "after = { run = \"true\", at = \"switched\" }\n";
        try (Rival rival = new Rival(DEAD, "run after", world.configuration(health))) {
            world.file("version.txt", "2");
            Result one = world.deployer()
                    .deploy(
                            new Deployer.Request(world.configuration(TASKS), List.of(world.name(1)), Set.of()),
                            world.version());
            assertThat(one.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);

            Result ghost = rival.end();
            assertThat(ghost.record().state()).as(rival.host.log()).isEqualTo(State.INTERRUPTED);
        }
        assertThat(world.everywhere("version.txt")).containsExactly("1", "2", "1");
        world.assertTidy();
    }
}
