package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments to real servers that delete data, and the way back over them. */
class DataLossTest {
    private static final String BEFORE =
            "[{ \"name\": \"orders\", \"fields\": { \"paid\": \"string\", \"old\": \"string\" } }]";
    private static final String AFTER = "[{ \"name\": \"orders\", \"fields\": { \"paid\": \"string\" } }]";
    private static final String SCHEMA = "schema = { file = \"model.json\", retention = \"7d\" }\n[tasks]\n";
    private static final String WITHOUT_BACKUP = SCHEMA + "migrate = 'echo migrate >> order'\n";
    private static final String WITH_BACKUP = WITHOUT_BACKUP
            + "backup = { run = 'echo backup >> order; echo \"backup: s3://copies/2.sql\"', once = true }\n";

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    private static Result deploy(String more, Set<String> forced) throws Exception {
        Configuration configuration = world.configuration(more);
        Deployer.Request request = Host.request(configuration)
                .with(new Checking(
                        List.of(),
                        Development.unknown(),
                        new Forcing(forced, "agreed"),
                        ForcingRules.none(),
                        Optional.empty()));
        return world.deployer().deploy(request, world.version());
    }

    @Test
    void areRefusedWithoutABackupUnlessThatIsForcedToo() throws Exception {
        world.file("model.json", BEFORE);
        world.succeed("1", WITHOUT_BACKUP);
        world.file("model.json", AFTER);

        assertThatThrownBy(() -> deploy(WITHOUT_BACKUP, Set.of("schema.data-loss")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("write a task backup that runs before migrate")
                .hasMessageContaining("[schema.no-backup]");
        assertThat(deploy(WITHOUT_BACKUP, Set.of("schema.data-loss", "schema.no-backup"))
                        .record()
                        .state())
                .isEqualTo(State.SUCCEEDED);
    }

    @Test
    void copyTheDataBeforeTheyChangeItAndSoDoesTheWayBackSay() throws Exception {
        world.file("model.json", BEFORE);
        world.succeed("1", WITH_BACKUP);
        String first = world.last().release();
        world.file("model.json", AFTER);

        assertThat(deploy(WITH_BACKUP, Set.of("schema.data-loss")).record().state())
                .isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("order")).containsOnly("backup\nmigrate\n");
        assertThat(Backups.in(world.history().events(world.last().id())))
                .singleElement()
                .asString()
                .startsWith("s3://copies/2.sql (");
        assertThat(new DataLosses(world.history()).since(world.appName(), "production", first, record -> true))
                .singleElement()
                .asString()
                .contains("Deployment #2 ", "Field orders.old is deleted", "Deleted data is kept until ")
                .contains("Backup: s3://copies/2.sql (");
        assertThat(new DataLosses(world.history()).since(world.appName(), "production", first, record -> false))
                .as("to whom may not see that deployment")
                .singleElement()
                .asString()
                .contains("Field orders.old is deleted", "Deleted data is kept until ")
                .doesNotContain("#2", "s3://");

        Configuration configuration = world.configuration(WITH_BACKUP);
        world.deployer().rollback(Host.request(configuration), first, false);
        assertThat(world.log())
                .contains("deleted data that the release you go back to may need")
                .contains("The data is still there: it is kept for 7 days, until ")
                .contains("Backup: s3://copies/2.sql (");
    }
}
