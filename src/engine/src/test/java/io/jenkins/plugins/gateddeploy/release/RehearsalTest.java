package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A dry run says what a run would do, word for word, and does nothing. */
class RehearsalTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    private static final String SECTIONS = """
            [release]
            shared = ["storage/", ".env"]
            [variables]
            KEY = { secret = "key" }
            [tasks]
            build = "cp version.txt built"
            migrate = { run = "echo migrated", once = true, undo = "echo back" }
            restart = { run = "true", at = "switched" }
            [health]
            run = "test -s built"
            """;

    /**
     * What goes to each target, in order, without what is new in each run: ids, times, tokens. Checks only look, beside
     * everything else, and what they find is in the plan.
     */
    private static Map<String, List<String>> said(List<Rehearsed> all) {
        Map<String, List<String>> byTarget = new LinkedHashMap<>();
        for (Rehearsed one : all) {
            if (one.command().name().equals("examine")) {
                continue;
            }
            String text = (one.command().name() + "\n" + one.command().script() + "\n<" + one.input() + ">")
                    .replaceAll("\\d{13}-[0-9a-f-]{36}", "TOKEN")
                    .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}", "ID")
                    .replaceAll("\\d{8}T\\d{6}Z-[0-9a-f]{7}", "RELEASE")
                    .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                    .replaceAll("\"number\":\\d+", "NUMBER")
                    .replaceAll("\"audit\":\"[^\"]*\"", "AUDIT")
                    .replaceAll("\"(what|ref)\":\"[^\"]*\"", "WHAT");
            byTarget.computeIfAbsent(one.target().name(), t -> new ArrayList<>())
                    .add(text);
        }
        return byTarget;
    }

    private static List<Map<String, String>> listings() throws Exception {
        List<Map<String, String>> listings = new ArrayList<>();
        for (int server : world.servers()) {
            listings.add(world.listing(server));
        }
        return listings;
    }

    private static void assertDeploySaysTheSame(Configuration configuration) throws Exception {
        var before = listings();
        var history = world.history()
                .list(io.jenkins.plugins.gateddeploy.history.Filter.of(world.appName(), "production", 9));
        List<Rehearsed> rehearsed = world.deployer().rehearse(Host.request(configuration), world.version());
        assertThat(listings()).isEqualTo(before);
        assertThat(world.history()
                        .list(io.jenkins.plugins.gateddeploy.history.Filter.of(world.appName(), "production", 9)))
                .isEqualTo(history);
        world.meddling().clear();
        world.succeed(configuration);

        assertThat(said(rehearsed)).isEqualTo(said(world.meddling().recorded()));
        assertThat(rehearsed.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void saysWhatAFirstDeploymentAndTheNextOneDo() throws Exception {
        world.host().secret("key", "s3cr3t it is");
        world.file("version.txt", "1").file("same.txt", "same").file("storage/seed", "seed");
        assertDeploySaysTheSame(world.configuration(SECTIONS));
        world.file("version.txt", "2");
        assertDeploySaysTheSame(world.configuration(SECTIONS));
        world.file("version.txt", "3");
        assertDeploySaysTheSame(world.configuration("[release]\nkeep = 1\n"));
    }

    @Test
    void saysWhatARollbackDoesAlsoWhenAReleaseHasToBeFilledIn() throws Exception {
        world.host().secret("key", "s3cr3t it is");
        world.succeed("1", SECTIONS);
        String first = world.currentRelease(0);
        world.succeed("2", SECTIONS);
        world.run(1, "rm -r " + world.base() + "/releases/" + first);
        var before = listings();
        List<Rehearsed> rehearsed =
                world.deployer().rehearse(Host.request(world.configuration(SECTIONS)), "previous", true);
        assertThat(listings()).isEqualTo(before);
        world.meddling().clear();
        world.deployer().rollback(Host.request(world.configuration(SECTIONS)), "previous", true);

        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(said(rehearsed)).isEqualTo(said(world.meddling().recorded()));
    }

    @Test
    void doesNotTakeALockThatSomebodyHolds() throws Exception {
        world.succeed("1", "");
        world.meddling().before("switch", () -> {
            try {
                var before = listings();
                List<Rehearsed> rehearsed =
                        world.deployer().rehearse(Host.request(world.configuration("")), world.version());
                assertThat(rehearsed).isNotEmpty();
                assertThat(listings()).isEqualTo(before);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        world.succeed("2", "");
        assertThat(world.everywhere("version.txt")).containsOnly("2");
    }
}
