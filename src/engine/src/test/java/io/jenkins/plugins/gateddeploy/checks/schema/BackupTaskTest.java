package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether the data is copied before it is changed. */
class BackupTaskTest {

    private static BackupTask of(String tasks, String more) throws Exception {
        Configuration configuration = configuration(tasks, more);
        return BackupTask.of(configuration.checks().schema().orElseThrow(), configuration.tasks());
    }

    private static Configuration configuration(String tasks, String more) throws Exception {
        return DeployFile.parse("deploy.toml", """
                        app = "shop"
                        release.path = "/srv/shop"
                        schema = { file = "model.json"%s }
                        [tasks]
                        %s
                        [environments.live]
                        targets = ["web-1"]
                        """.formatted(more, tasks)).configuration("live");
    }

    @Test
    void isInTimeBeforeTheMigration() throws Exception {
        assertThat(of("backup = \"dump\"\nmigrate = \"up\"", "").inTime()).isTrue();
        assertThat(of("dump = \"dump\"\nup = \"up\"", ", backup = \"dump\", migrate = \"up\"")
                        .inTime())
                .isTrue();
        assertThat(of("backup = \"dump\"", "").inTime()).isTrue();
    }

    @Test
    void isAskedForWhenItIsMissingOrTooLate() throws Exception {
        assertThat(of("migrate = \"up\"", ""))
                .satisfies(b -> assertThat(b.inTime()).isFalse())
                .satisfies(b -> assertThat(b.advice()).contains("write a task backup that runs before migrate"));
        assertThat(of("migrate = \"up\"\nbackup = { run = \"dump\", after = \"migrate\" }", ""))
                .satisfies(b -> assertThat(b.inTime()).isFalse())
                .satisfies(b -> assertThat(b.advice()).contains("backup runs after migrate"));
        assertThat(of("backup = { run = \"dump\", at = \"switched\" }", ""))
                .satisfies(b -> assertThat(b.inTime()).isFalse())
                .satisfies(b -> assertThat(b.advice()).contains("at = \"prepare\""));
    }

    @Test
    void runsBeforeTheMigrationWhateverTheOrderOfTheFile() throws Exception {
        assertThat(configuration("install = \"i\"\nmigrate = \"up\"\nseed = \"s\"\nbackup = \"dump\"", "")
                        .tasks())
                .extracting(Task::name)
                .containsExactly("install", "backup", "migrate", "seed");
        assertThat(configuration("up = \"u\"\ndump = \"d\"", ", backup = \"dump\", migrate = \"up\"")
                        .tasks())
                .extracting(Task::name)
                .containsExactly("dump", "up");
        assertThat(of("migrate = \"up\"\nbackup = \"dump\"", "").inTime()).isTrue();
        assertThat(of("migrate = \"up\"\nbackup = { run = \"dump\", at = \"switched\" }", "")
                        .inTime())
                .isFalse();
    }

    @Test
    void isAProblemOfItsOwnWhereDataWouldGoAndNothingCopiesIt() throws Exception {
        assertThat(idsOfALoss("migrate = \"up\"")).containsExactly("schema.data-loss", "schema.no-backup");
        assertThat(idsOfALoss("backup = \"dump\"\nmigrate = \"up\"")).containsExactly("schema.data-loss");
    }

    @Test
    void isMissedWhereItIsSkippedAlthoughDataWouldGo() throws Exception {
        Configuration configuration = configuration("backup = \"dump\"", "");
        List<Problem> loss = List.of(Problem.error("schema.data-loss", "Orders go.", ""));

        assertThat(SchemaChecks.ofSkipped(configuration, Set.of("backup"), loss))
                .singleElement()
                .satisfies(p ->
                        assertThat(p.oneLine()).contains("is to be skipped").endsWith("[schema.no-backup]"));
        assertThat(SchemaChecks.ofSkipped(configuration, Set.of("backup"), List.of()))
                .isEmpty();
        assertThat(SchemaChecks.ofSkipped(configuration, Set.of("other"), loss)).isEmpty();
    }

    private static List<String> idsOfALoss(String tasks) throws Exception {
        Configuration configuration = configuration(tasks, "");
        String model = "[{ \"name\": \"orders\", \"fields\": { \"paid\": \"string\"%s } }]";
        return new SchemaCheck(
                        configuration.checks().schema().orElseThrow(),
                        configuration.tasks(),
                        InMemory.of("v2", Map.of("model.json", model.formatted(""))),
                        () -> List.of(
                                InMemory.of("v1", Map.of("model.json", model.formatted(", \"old\": \"string\"")))),
                        SchemaChecks.FORMATS)
                .find().stream().map(Problem::id).toList();
    }
}
