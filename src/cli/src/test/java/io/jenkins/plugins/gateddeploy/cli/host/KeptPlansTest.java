package io.jenkins.plugins.gateddeploy.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.SamplePlan;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPlansTest {
    private static final Instant NOW = Instant.parse("2030-05-01T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void takesThePlaceOfAPlanAtOnceAndLeavesNothingBeside() throws Exception {
        KeptPlans plans = plans();
        plans.keep("g1", plan("c1"));
        Path first = Files.createLink(directory.resolve("first"), plans.folder().resolve("g1.plan.json"));

        plans.keep("g1", plan("c2"));

        assertThat(plans.find("g1")).hasValue(plan("c2"));
        assertThat(first).as("what somebody reads meanwhile").content().contains("\"c1\"");
        assertThat(names()).containsExactly("g1.plan.json");
    }

    @Test
    void removesWhatBelongsToGatesThatClosedLongAgo() throws Exception {
        KeptPlans plans = plans();
        try (History history =
                new HistoryDatabase(directory.resolve("history"), HistoryDatabase.Settings.exclusive("a test"))) {
            gate(history, "closed-long-ago", 40, Duration.ofHours(1));
            history.gates()
                    .cancel(
                            "closed-long-ago",
                            "no more",
                            ago(39).minus(Duration.ofHours(23)).minusSeconds(1800));
            gate(history, "over-long-ago", 40, Duration.ofHours(1));
            gate(history, "closed-lately", 40, Duration.ofDays(20));
            history.gates().cancel("closed-lately", "no more", ago(25));
            gate(history, "open", 40, Duration.ofDays(60));
            gate(history, "new", 1, Duration.ofHours(1));
            for (String gate : List.of("closed-long-ago", "over-long-ago", "closed-lately", "open", "unknown")) {
                keep(plans, gate, 40);
            }
            keep(plans, "new", 1);
            old(Files.writeString(plans.folder().resolve("killed.plan.json.new"), "{"), 40);
            old(Files.writeString(plans.folder().resolve("notes.txt"), "not ours"), 40);

            plans.sweep(history.gates(), NOW);
        }

        assertThat(names())
                .containsExactlyInAnyOrder("closed-lately.plan.json", "open.plan.json", "new.plan.json", "notes.txt");
    }

    private KeptPlans plans() {
        return new KeptPlans(directory.resolve("gates"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(plans().folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void gate(History history, String id, int days, Duration timeout) {
        Clause clause = new Clause(List.of(), 1, true, timeout, Clause.Source.COMMIT);
        Subject subject = new Subject("shop", "production", "0".repeat(64), "v2", "", "", "", 0);
        history.gates().open(Gate.opening(id, subject, new Rules(List.of(clause), Set.of(), 0), ago(days)));
    }

    private static void keep(KeptPlans plans, String gate, int days) throws Exception {
        plans.keep(gate, plan("c1"));
        old(plans.folder().resolve(gate + ".plan.json"), days);
    }

    private static void old(Path file, int days) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(ago(days)));
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static Plan plan(String configuration) {
        return SamplePlan.of(configuration, NOW);
    }
}
