package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import org.junit.jupiter.api.Test;

/** Whether the data is copied before it is changed. */
class BackupTaskTest {

    private static BackupTask of(String tasks, String more) throws Exception {
        var configuration =
                DeployFile.parse("deploy.toml", """
                        app = "shop"
                        release.path = "/srv/shop"
                        schema = { file = "model.json"%s }
                        [tasks]
                        %s
                        [environments.live]
                        targets = ["web-1"]
                        """.formatted(more, tasks)).configuration("live");
        DataSchema schema = configuration.checks().schema().orElseThrow();
        return BackupTask.of(schema, configuration.tasks());
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
        assertThat(of("migrate = \"up\"\nbackup = \"dump\"", ""))
                .satisfies(b -> assertThat(b.inTime()).isFalse())
                .satisfies(b -> assertThat(b.advice()).contains("backup runs after migrate"));
        assertThat(of("backup = { run = \"dump\", at = \"switched\" }", ""))
                .satisfies(b -> assertThat(b.inTime()).isFalse())
                .satisfies(b -> assertThat(b.advice()).contains("at = \"prepare\""));
    }
}
