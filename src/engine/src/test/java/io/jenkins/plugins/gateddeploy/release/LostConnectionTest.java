package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.target.Payload;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break, and servers that go away for a while. */
class LostConnectionTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    private static final int LINES = 400;
    private static final String COUNTING = "[tasks]\ncount = \"i=0; while [ $i -lt " + LINES
            + " ]; do i=$((i+1)); echo line $i; sleep 0.005; done\"\n";

    private static List<String> numbered(int server) {
        return world.host().log(world.name(server)).stream()
                .filter(l -> l.startsWith("line "))
                .toList();
    }

    private static List<String> expected() {
        return IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();
    }

    @Test
    void aTaskGoesOnWithoutUsAndIsHeardToTheLastByteWhenItsConnectionIsCutAgainAndAgain() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        world.host().reader(line -> {
            if (line.text().startsWith("line ") && heard.incrementAndGet() % 150 == 100) {
                world.server(0).cutConnections();
            }
        });
        world.succeed("1", COUNTING);

        assertThat(numbered(0)).isEqualTo(expected());
        assertThat(numbered(1)).isEqualTo(expected());
        assertThat(world.host().log(world.name(0))).anyMatch(l -> l.startsWith("The connection was lost"));
        world.assertTidy();
    }

    @Test
    void aTaskIsFollowedAgainWhenItsServerWasRestartedMeanwhile() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        Thread[] restart = new Thread[1];
        world.host().reader(line -> {
            if (line.text().startsWith("line ") && heard.incrementAndGet() == 50) {
                world.server(0).kill();
                restart[0] = new Thread(() -> {
                    org.awaitility.Awaitility.await()
                            .pollDelay(Duration.ofMillis(700))
                            .until(() -> true);
                    world.server(0).restart();
                });
                restart[0].start();
            }
        });
        world.succeed("1", COUNTING);
        restart[0].join();

        assertThat(numbered(0)).isEqualTo(expected());
        assertThat(numbered(1)).isEqualTo(expected());
    }

    @Test
    void aServerThatStaysAwayWhileATaskRunsFailsTheDeployment() throws Exception {
        world.succeed("1", "");
        world.host().limits(Duration.ofSeconds(30), Duration.ofMillis(600));
        AtomicInteger heard = new AtomicInteger();
        world.host().reader(line -> {
            if (line.text().startsWith("line ") && heard.incrementAndGet() == 50) {
                world.server(0).kill();
            }
        });
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration(COUNTING));
        world.server(0).restart();

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains(world.name(0) + ": nobody knows how task count ended");
        world.assertTidy(List.of(1));
        assertThat(world.deployer().unlock(world.configuration(""), false).done())
                .isTrue();
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();
    }

    @Test
    void aSupervisorThatIsGoneMakesTheOutcomeUnknownAndOnlyIdempotentTasksRunAgain() throws Exception {
        String kill =
                "echo ran >> ../../trail; if [ ! -e ../../killed ]; then : > ../../killed; kill -9 $PPID $(cut -d' ' -f4 /proc/$PPID/stat); fi; sleep 0.2";
        world.succeed("1", "");
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration("[tasks]\nreboot = \"" + kill + "\"\n"));
        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains("nobody knows how task reboot ended", "not marked idempotent");
        assertThat(world.on(0).resolve("trail")).hasContent("ran");
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();

        world.run(0, "rm " + world.base() + "/killed");
        world.run(1, "rm " + world.base() + "/killed");
        world.succeed(world.configuration("[tasks]\nreboot = { run = \"" + kill + "\", idempotent = true }\n"));
        assertThat(world.on(0).resolve("trail")).hasContent("ran\nran\nran");
    }

    @Test
    void filesThatAreCutOffNeverBecomeARelease() throws Exception {
        world.succeed("1", "");
        byte[] noise = new byte[3_000_000];
        new Random(7).nextBytes(noise);
        world.file("big.txt", java.util.HexFormat.of().formatHex(noise)).file("version.txt", "2");
        world.meddling().payload(p -> new Cutting(p, 2_000_000));
        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.FAILED);
        assertThat(result.record().message())
                .contains("Receiving files failed on " + world.name(0))
                .doesNotContain(world.name(1));
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(world.releases(0)).hasSize(1);
        assertThat(world.releases(1)).hasSize(1);
        world.assertTidy();
        world.meddling().clear();
        world.succeed(world.configuration(""));
    }

    /** Cuts the first server's connections when so many bytes have been sent. */
    private record Cutting(Payload payload, int after) implements Payload {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            payload.writeTo(new FilterOutputStream(out) {
                private long sent;

                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    sent += length;
                    if (sent > after && sent - length <= after) {
                        world.server(0).cutConnections();
                    }
                }
            });
        }

        @Override
        public String describe() {
            return payload.describe();
        }
    }

    @Test
    void whatMayBeSaidTwiceIsSaidAgainWhenTheAnswerWasLost() throws Exception {
        world.succeed("1", "");
        for (String phase : List.of("switch", "end")) {
            world.meddling().clear();
            world.meddling().at(phase, (commands, real) -> {
                real.run(commands);
                world.server(0).cutConnections();
                var outcomes = new java.util.LinkedHashMap<>(real.run(commands));
                outcomes.put(
                        world.fleet().targets().get(0),
                        new io.jenkins.plugins.gateddeploy.target.Outcome.Unreached(
                                io.jenkins.plugins.gateddeploy.target.Outcome.Reason.LOST, "The answer was lost.", ""));
                return outcomes;
            });
            world.succeed(phase, "");
            assertThat(world.everywhere("version.txt")).containsOnly(phase);
            assertThat(world.log()).contains("The answer was lost. Trying again.");
            world.assertTidy();
        }
    }

    @Test
    void aLockWhoseAnswerWasLostIsGivenBack() throws Exception {
        world.file("version.txt", "1");
        world.meddling().at("lock", (commands, real) -> {
            var outcomes = new java.util.LinkedHashMap<>(real.run(commands));
            outcomes.put(
                    world.fleet().targets().get(0),
                    new io.jenkins.plugins.gateddeploy.target.Outcome.Unreached(
                            io.jenkins.plugins.gateddeploy.target.Outcome.Reason.LOST, "The answer was lost.", ""));
            return outcomes;
        });
        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        world.assertTidy();
    }

    @Test
    void aSwitchIsTriedAgainWhenTheServerWasAwayForAMoment() throws Exception {
        world.succeed("1", "");
        Thread[] restart = new Thread[1];
        world.meddling().before("switch", () -> {
            world.server(0).kill();
            restart[0] = new Thread(() -> {
                org.awaitility.Awaitility.await()
                        .pollDelay(Duration.ofMillis(500))
                        .until(() -> true);
                world.server(0).restart();
            });
            restart[0].start();
        });
        world.succeed("2", "");
        restart[0].join();

        assertThat(world.everywhere("version.txt")).containsOnly("2");
        assertThat(world.log()).contains("Trying again.");
    }

    @Test
    void aServerThatFallsSilentWhileATaskRunsCountsAsLostAndIsFoundAgain() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        Thread[] resume = new Thread[1];
        world.host().reader(line -> {
            if (line.text().startsWith("line ") && heard.incrementAndGet() == 50) {
                world.server(0).pause();
            } else if (line.target().equals(world.name(0))
                    && line.text().startsWith("The connection was lost")
                    && heard.get() >= 50
                    && resume[0] == null) {
                resume[0] = new Thread(world.server(0)::resume);
                resume[0].start();
            }
        });
        world.succeed("1", COUNTING + "[ssh]\nkeep_alive = \"1s\"\nconnect_timeout = \"5s\"\n");
        resume[0].join();

        assertThat(numbered(0)).isEqualTo(expected());
        assertThat(numbered(1)).isEqualTo(expected());
    }
}
