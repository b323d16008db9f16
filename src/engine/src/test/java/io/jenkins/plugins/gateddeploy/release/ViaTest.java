package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways back by way of another environment, on real servers: version 2 is current in production and in staging, and
 * production goes back to version 1.
 */
class ViaTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    private SampleRepository repository;
    private String one;
    private String two;
    private GitSource git;
    private Configuration production;
    private Configuration staging;
    private Ports ports;
    private Ways ways;
    private Deployer.Request there;

    @BeforeEach
    void deploy() throws Exception {
        repository = SampleRepository.create(directory.resolve(world.appName() + ".git"));
        one = repository.file("version.txt", "1").commit("One");
        two = repository.file("version.txt", "2").commit("Two");
        git = new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache")));
        production = world.configuration("", world.fleet().targets().subList(0, 1));
        staging = elsewhere(world.fleet().targets().subList(1, 2));
        world.host().deploy(production, git.resolve(one));
        world.host().deploy(production, git.resolve(two));
        world.host().deploy(staging, git.resolve(two));
        ports = world.host().ports();
        ways = new Ways(ports);
        there = new Deployer.Request(staging, List.of(), Set.of(), git);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void goesToAnotherEnvironmentFirstByGoingBackThereOrByDeployingIt() throws Exception {
        Ways.Way way = ways.back(production, "previous");
        assertThat(way.to().commit()).isEqualTo(one);

        assertThat(ways.bring(there, production, way.to())
                        .orElseThrow()
                        .record()
                        .kind())
                .isEqualTo(Kind.DEPLOY);
        assertThat(ways.bring(there, production, way.to())).isEmpty();
        world.host().deploy(staging, git.resolve(two));
        assertThat(ways.bring(there, production, way.to())
                        .orElseThrow()
                        .record()
                        .kind())
                .isEqualTo(Kind.ROLLBACK);
    }

    @Test
    void doesNotGoThroughTheSamePlaceUnderWhateverName() throws Exception {
        About wanted = ways.back(production, "previous").to();
        Deployer.Request itself = new Deployer.Request(production, List.of(), Set.of(), git);
        assertThatThrownBy(() -> ways.bring(itself, production, wanted))
                .hasMessageContaining("that is the same environment")
                .hasMessageContaining("[rollback.via]");

        Configuration twin = DeployFile.parse(
                        "deploy.toml",
                        world.deployToml("", world.fleet().targets().subList(0, 1))
                                .replace("environments.production", "environments.twin"))
                .configuration("twin");
        Deployer.Request same = new Deployer.Request(twin, List.of(), Set.of(), git);
        assertThatThrownBy(() -> ways.bring(same, production, wanted))
                .hasMessageContaining("by way of twin")
                .hasMessageContaining("[rollback.via]");
        assertThat(Files.readString(world.current(0).resolve("version.txt"))).isEqualTo("2");
    }

    @Test
    void asksPeopleAboutTheWayBackItself() throws Exception {
        Ways.Way way = ways.back(production, "previous");
        Deployer.Request back = new Deployer.Request(production, List.of(), Set.of(), git);

        Plan plan = ways.plan(back, way, false);

        assertThat(plan.needsGate()).isTrue();
        assertThat(plan.ref()).isEqualTo(way.to().release());
        assertThat(plan.digest())
                .isEqualTo(ways.plan(back, ways.back(production, "previous"), false)
                        .digest())
                .isNotEqualTo(world.deployer().plan(back, git.resolve(one)).digest());
    }

    @Test
    void bringsToAnotherEnvironmentAsWhatHasWaitedForItsTurnThere() throws Exception {
        About wanted = ways.back(production, "previous").to();
        Ways.Bringing bringing = ways.bringing(there, production, wanted).orElseThrow();
        assertThat(bringing).isEqualTo(new Ways.Bringing(Kind.DEPLOY, one));
        DeploymentRecord first = announced(bringing);
        DeploymentRecord second = announced(bringing);

        assertThat(ways.bring(continuing(first), production, wanted)
                        .orElseThrow()
                        .record()
                        .number())
                .isEqualTo(first.number());
        assertThat(ways.bringing(there, production, wanted)).isEmpty();
        assertThat(ways.bring(continuing(second), production, wanted))
                .as("the other one, since its version has become current meanwhile")
                .isEmpty();
        assertThat(world.history().find(second.id()).orElseThrow())
                .returns(State.CANCELLED, DeploymentRecord::state)
                .extracting(DeploymentRecord::message)
                .asString()
                .endsWith(" has become current in staging while this waited.");

        world.host().deploy(staging, git.resolve(two));
        DeploymentRecord third = announced(bringing);
        assertThat(ways.bringing(there, production, wanted).orElseThrow().kind())
                .isEqualTo(Kind.ROLLBACK);
        assertThat(ways.bring(continuing(third), production, wanted)
                        .orElseThrow()
                        .record())
                .as("what was announced as a deployment, though its release is there by now")
                .returns(third.id(), DeploymentRecord::id)
                .returns(Kind.DEPLOY, DeploymentRecord::kind)
                .returns(State.SUCCEEDED, DeploymentRecord::state);
    }

    @Test
    void refusesWhenTheReleaseThatAnAnnouncedRollbackWasForHasGoneMeanwhile() throws Exception {
        world.host().deploy(staging, git.resolve(one));
        world.host().deploy(staging, git.resolve(two));
        About wanted = ways.back(production, "previous").to();
        Ways.Bringing bringing = ways.bringing(there, production, wanted).orElseThrow();
        assertThat(bringing.kind()).isEqualTo(Kind.ROLLBACK);
        DeploymentRecord announced = announced(bringing);
        Path place = world.on(1).resolveSibling(world.on(1).getFileName() + "-staging");
        Files.move(place.resolve("releases").resolve(bringing.ref()), place.resolve("gone"));

        assertThatThrownBy(() -> ways.bring(continuing(announced), production, wanted))
                .hasMessageContaining("is gone since this waits")
                .hasMessageContaining("Begin again.")
                .hasMessageContaining("[release.unknown]");
        assertThat(Files.readString(place.resolve("current/version.txt"))).isEqualTo("2");
    }

    private DeploymentRecord announced(Ways.Bringing bringing) {
        return new Waiting(ports).announce(staging, bringing.kind(), bringing.ref(), Mandate.none());
    }

    private Deployer.Request continuing(DeploymentRecord announced) {
        return there.with(there.mandate().continuing(announced.id()));
    }

    private static Configuration elsewhere(List<Target> targets) throws Exception {
        String toml = world.deployToml("", targets).replace("environments.production", "environments.staging");
        return DeployFile.parse("deploy.toml", toml.replace(world.base(), world.base() + "-staging"))
                .configuration("staging");
    }
}
