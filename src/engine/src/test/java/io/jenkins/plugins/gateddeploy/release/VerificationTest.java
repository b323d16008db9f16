package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Checks before deployments to real servers, one of which says that it ails. */
class VerificationTest {
    private static final String REASON = "The cabinet is locked until Monday";

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    /** Has the next examination of the second server find a directory in the place of the link. */
    private static void ail() {
        ail("examine");
    }

    /** A plan looks at what is current in the same command. */
    private static void ailInPlan() {
        ail("look, examine");
    }

    private static void ail(String command) {
        world.meddling().at(command, (commands, real) -> blocked(real.run(commands)));
    }

    private static Map<Target, Outcome> blocked(Map<Target, Outcome> outcomes) {
        Map<Target, Outcome> changed = new LinkedHashMap<>(outcomes);
        changed.computeIfPresent(world.fleet().targets().get(1), (target, outcome) -> {
            String found = ((Outcome.Exited) outcome).stdout();
            // Of several commands in one, the last one's output ends before its mark.
            int end = found.endsWith("\036") ? found.lastIndexOf('\036', found.length() - 2) : found.length();
            return new Outcome.Exited(
                    0,
                    found.substring(0, end) + "blocked yes\n" + found.substring(end),
                    ((Outcome.Exited) outcome).stderr());
        });
        return changed;
    }

    private static Deployer.Request request(Configuration configuration, Forcing forcing, ForcingRules rules) {
        return Host.request(configuration)
                .with(new Checking(List.of(), Development.unknown(), forcing, rules, Optional.empty()));
    }

    private static Deployer.Request request(Forcing forcing) throws Exception {
        return request(world.configuration(""), forcing, ForcingRules.none());
    }

    private static DeploymentRecord forced() throws Exception {
        ail();
        return world.deployer()
                .deploy(request(new Forcing(Set.of("target.current"), REASON)), world.version())
                .record();
    }

    private static long examinations() {
        return world.meddling().recorded().stream()
                .filter(r -> r.command().name().contains("examine"))
                .count();
    }

    @Test
    void refusesWhatIsWrongBeforeAnythingIsChanged() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        ail();

        assertThatThrownBy(() -> world.deploy(world.configuration("")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("[target.current]")
                .hasMessageContaining(world.name(1));

        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(world.last().state()).isEqualTo(State.FAILED);
        assertThat(world.last().problems()).extracting(Problem::id).contains("target.current");
        assertThat(world.last().judgement().forced().isNothing()).isTrue();
        assertThat(world.history().events(world.last().id()))
                .extracting(e -> e.state())
                .contains(State.CHECKING)
                .doesNotContain(State.DEPLOYING);
        world.assertTidy();
    }

    @Test
    void deploysWhatIsForcedAndKeepsThatItWas() throws Exception {
        world.file("version.txt", "1");
        DeploymentRecord record = forced();

        assertThat(record.state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(record.judgement().forced().ids()).containsExactly("target.current");
        assertThat(record.judgement().forced().reason()).isEqualTo(REASON);
        assertThat(world.history().find(record.id()).orElseThrow().judgement()).isEqualTo(record.judgement());
        assertThat(world.log()).contains("Forced by alice: target.current: \"" + REASON + "\"");
    }

    @Test
    void marksAnEnvironmentUntilADeploymentWithoutForcedProblemsSucceeds() throws Exception {
        world.file("version.txt", "1");
        DeploymentRecord first = forced();
        assertThat(marked()).contains(first.id());
        ail();
        assertThatThrownBy(() -> world.deploy(world.configuration(""))).isInstanceOf(ProblemException.class);
        assertThat(marked()).contains(first.id());

        world.succeed("2", "");
        assertThat(marked()).isEmpty();
        assertThat(world.history().withProblem(world.appName(), "production", "target.current", first.started()))
                .extracting(DeploymentRecord::id)
                .containsExactly(first.id());

        world.rollback(world.configuration(""), "previous");
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(marked()).contains(first.id());
    }

    private static Optional<String> marked() {
        return world.history().marked(world.appName(), "production").map(DeploymentRecord::id);
    }

    @Test
    void letsNobodyForceWhatDeployTomlOrTheRegistrationForbids() throws Exception {
        world.file("version.txt", "1");
        Configuration configuration = world.configuration("problems = { not_forceable = [\"target.current\"] }\n");
        ail();
        assertThatThrownBy(() -> world.deployer()
                        .deploy(request(configuration, Forcing.all(REASON), ForcingRules.none()), world.version()))
                .hasMessageContaining("[target.current]");
        ail();
        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                request(
                                        world.configuration(""),
                                        Forcing.all(REASON),
                                        new ForcingRules(Set.of("target.current"), false)),
                                world.version()))
                .hasMessageContaining("[target.current]");
        ail();
        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                request(world.configuration(""), Forcing.all(""), new ForcingRules(Set.of(), true)),
                                world.version()))
                .hasMessageContaining("[problem.reason]");
    }

    @Test
    void thePlanSaysWhatWasFoundAndWhatIsForced() throws Exception {
        world.file("version.txt", "1");
        ailInPlan();
        Plan wrong = world.deployer().plan(request(Forcing.none()), world.version());
        ailInPlan();
        Plan forced = world.deployer().plan(request(Forcing.all(REASON)), world.version());
        Plan good = world.deployer().plan(request(Forcing.none()), world.version());

        assertThat(wrong.judgement().standing()).extracting(Problem::id).containsExactly("target.current");
        assertThat(forced.judgement().standing()).isEmpty();
        assertThat(forced.forced().ids()).containsExactly("target.current");
        assertThat(forced.digest()).isNotEqualTo(good.digest());
    }

    @Test
    void doesNotLookAgainRightAfterAPlan() throws Exception {
        world.file("version.txt", "1");
        Deployer.Request request = request(Forcing.none());
        Plan plan = world.deployer().plan(request, world.version());
        assertThat(examinations()).isEqualTo(2);

        Result result = world.deployer().deploy(request.with(request.checking().after(plan)), world.version());
        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(examinations()).isEqualTo(2);

        world.file("version.txt", "2");
        world.deployer().deploy(request.with(request.checking().after(plan)), world.version());
        assertThat(examinations()).isEqualTo(4);
    }

    @Test
    void asksEachTargetOnlyOnceMoreThanTheDeploymentItself() throws Exception {
        world.file("version.txt", "1");
        world.deploy(world.configuration(""));
        List<String> names = world.meddling().recorded().stream()
                .filter(r -> r.target().equals(world.fleet().targets().get(0)))
                .map(r -> r.command().name())
                .toList();

        assertThat(names).contains("examine").containsOnlyOnce("examine");
        assertThat(names.indexOf("examine")).isLessThan(names.indexOf("receive files"));
    }

    @Test
    void examinesTheTargetsBeforeARollbackToo() throws Exception {
        world.succeed("1", "");
        world.succeed("2", "");
        ail();

        assertThatThrownBy(() -> world.rollback(world.configuration(""), "previous"))
                .hasMessageContaining("[target.current]");
        assertThat(world.everywhere("version.txt")).containsOnly("2");
    }

    @Test
    void warnsOfAHeldCommitAndDeploysItAllTheSame(@TempDir Path folder) throws Exception {
        try (SampleRepository repository = SampleRepository.create(folder.resolve("git"))) {
            String commit = repository.file("version.txt", "1").commit("[HOLD] wait for legal");
            GitSource source = new GitSource(GitLocation.of(repository.path().toString(), folder.resolve("cache")));
            Deployer.Request request = new Deployer.Request(world.configuration(""), List.of(), Set.of(), source);
            Plan plan = world.deployer().plan(request, source.resolve(commit));

            assertThat(plan.problems()).extracting(Problem::id).contains("release.held");
            assertThat(world.deployer()
                            .deploy(request, source.resolve(commit))
                            .record()
                            .state())
                    .isEqualTo(State.SUCCEEDED);
            assertThat(world.last().problems()).extracting(Problem::id).contains("release.held");
        }
    }

    @Test
    void plansWithoutACredentialWhatCanBeTold() throws Exception {
        world.file("version.txt", "1");
        Configuration configuration = world.configuration("credentials = \"nobody\"\n");
        world.host().noCredential();

        Plan plan = world.deployer().plan(Host.request(configuration), world.version());

        assertThat(plan.judgement().standing()).extracting(Problem::id).containsExactly("credential.missing");
        assertThat(plan.current()).allSatisfy(c -> assertThat(c.failure()).isNotEmpty());
    }
}
