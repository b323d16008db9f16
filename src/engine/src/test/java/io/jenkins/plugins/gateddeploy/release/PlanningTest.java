package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Approval;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Made;
import io.jenkins.plugins.gateddeploy.plan.Commit;
import io.jenkins.plugins.gateddeploy.plan.Person;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of a real repository, and of what targets answered. */
class PlanningTest {
    private static final Clause REGISTERED = Made.clause(Clause.Source.REGISTRATION, 1, "@ops");
    private static final Approval TWO = new Approval(List.of("@qa"), 2, Duration.ofHours(1), false, List.of());

    @TempDir
    Path directory;

    private SampleRepository repository;
    private GitSource source;

    @BeforeEach
    void create() throws Exception {
        repository = SampleRepository.create(directory.resolve("repository"));
        source = new GitSource(GitLocation.of(repository.path().toString(), directory.resolve("cache")));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private String commit(String subject) {
        return repository.file("page.txt", subject).commit(subject);
    }

    @Test
    void listsTheCommitsBetweenEveryCurrentReleaseAndTheOneToCome() throws Exception {
        String first = commit("First");
        String second = commit("Second");
        String third = commit("Third");
        Looked looked = looked(current("web-1", "r1", first, null), current("web-2", "r2", second, null));

        Plan plan = planning("", third, List.of()).plan(looked, source, Judgement::good);

        assertThat(plan.coming().id()).isEqualTo(third);
        assertThat(plan.commits().listed()).extracting(Commit::id).containsExactly(third, second);
        assertThat(plan.commits().count()).isEqualTo(2);
        assertThat(plan.commits().complete()).isTrue();
        assertThat(plan.commits().people())
                .extracting(Person::email)
                .isNotEmpty()
                .allMatch(m -> m.contains("@"));
        assertThat(plan.current())
                .containsExactly(
                        new Plan.Current("web-1", "r1", first, ""), new Plan.Current("web-2", "r2", second, ""));
        assertThat(plan.needsGate()).isFalse();
        assertThat(plan.effects().files()).hasValueSatisfying(files -> {
            assertThat(files.listed())
                    .containsExactly(new ChangedFiles.ChangedFile("page.txt", ChangedFiles.Kind.CHANGED));
            assertThat(files.count()).isEqualTo(1);
            assertThat(files.complete()).isTrue();
        });
        assertThat(plan.effects().tasks())
                .isEqualTo(planning("", third, List.of()).configuration().tasks());
    }

    @Test
    void saysWhichTasksAreLeftOutAndIsAnotherPlanThen() throws Exception {
        String first = commit("First");
        Planning whole = planning("", first, List.of());
        Planning part = new Planning(whole.configuration(), whole.revision(), whole.host(), Set.of("migrate", "build"));

        Plan plan = part.plan(looked(), source, Judgement::good);

        assertThat(plan.effects().skipped()).containsExactly("build", "migrate");
        assertThat(plan.effects().tasks()).isEqualTo(whole.configuration().tasks());
        assertThat(plan.digest())
                .isEqualTo(part.digest(Map.of(), Judgement.good()))
                .isNotEqualTo(whole.digest(Map.of(), Judgement.good()));
    }

    @Test
    void takesTheCommitAloneWhereNothingIsCurrentYet() throws Exception {
        commit("First");
        String second = commit("Second");

        Plan plan = planning("", second, List.of()).plan(looked(), source, Judgement::good);

        assertThat(plan.commits().listed()).extracting(Commit::id).containsExactly(second);
        assertThat(plan.commits().complete()).isTrue();
    }

    @Test
    void saysThatItDoesNotKnowAllAuthorsWhenGitDoesNotKnowWhatIsCurrent() throws Exception {
        String first = commit("First");

        assertThat(planning("", first, List.of())
                        .plan(looked(current("web-1", "r0", "a".repeat(40), null)), source, Judgement::good)
                        .commits()
                        .complete())
                .isFalse();
        assertThat(planning("", first, List.of())
                        .plan(looked(current("web-1", "r0", "", null)), source, Judgement::good)
                        .commits()
                        .complete())
                .isFalse();
        assertThat(planning("", first, List.of())
                        .plan(new Looked(Map.of(), Map.of(target("web-1"), "refused")), source, Judgement::good)
                        .commits()
                        .complete())
                .isFalse();
    }

    @Test
    void asksForWhatHostNewCommitAndCurrentReleaseAskFor() throws Exception {
        String first = commit("First");
        Looked looked = looked(current("web-1", "r1", first, TWO), current("web-2", "r1", first, TWO));

        Plan plan = planning("approval = { required = 1 }\n", first, List.of(REGISTERED))
                .plan(looked, source, Judgement::good);

        assertThat(plan.rules())
                .extracting(Clause::from, Clause::required)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Clause.Source.REGISTRATION, 1),
                        org.assertj.core.groups.Tuple.tuple(Clause.Source.COMMIT, 1),
                        org.assertj.core.groups.Tuple.tuple(Clause.Source.CURRENT_RELEASE, 2));
    }

    @Test
    void asksForWhatTheCurrentReleaseAsksForThoughTheNewCommitHasDoneAwayWithIt() throws Exception {
        String first = commit("First");

        Plan plan = planning("", first, List.of())
                .plan(looked(current("web-1", "r1", first, TWO)), source, Judgement::good);

        assertThat(plan.needsGate()).isTrue();
        assertThat(plan.rules()).containsExactly(Clause.of(TWO, Clause.Source.CURRENT_RELEASE));
    }

    @Test
    void hasTheSameDigestWhenTheTargetsAreLocked() throws Exception {
        String first = commit("First");
        Looked looked = looked(current("web-1", "r1", first, TWO));
        Planning planning = planning("approval = {}\n", first, List.of(REGISTERED));

        assertThat(planning.digest(looked.states(), Judgement.good()))
                .isEqualTo(planning.plan(looked, source, Judgement::good).digest());
        assertThat(planning("approval = { required = 2 }\n", first, List.of(REGISTERED))
                        .digest(looked.states(), Judgement.good()))
                .isNotEqualTo(planning.digest(looked.states(), Judgement.good()));
    }

    @Test
    void readsWhatAnOlderVersionHasLeftOnTheTargets() throws Exception {
        String first = commit("First");
        String about = CanonicalJson.write(about("r1", first, null)).replace("\"approval\":null,", "");
        assertThat(about).doesNotContain("approval");
        Looked looked = new Looked(Map.of(target("web-1"), state("r1", about)), Map.of());

        assertThat(planning("", first, List.of())
                        .plan(looked, source, Judgement::good)
                        .rules())
                .isEmpty();
        assertThat(looked.states().get(target("web-1")).currentAbout()).isPresent();
    }

    private Planning planning(String lines, String commit, List<Clause> host) throws Exception {
        Revision revision = source.resolve(commit).revision();
        return new Planning(configuration(lines), revision, host, Set.of());
    }

    private static Configuration configuration(String lines) throws Exception {
        return DeployFile.parse(
                        "deploy.toml",
                        "app = \"shop\"\n" + lines
                                + "[release]\npath = \"/srv/shop\"\n[environments.production]\ntargets = [\"web-1\"]\n")
                .configuration("production");
    }

    private static Target target(String host) {
        return new Target("deploy", host, 22, Set.of(), List.of());
    }

    private record OnTarget(Target target, TargetState state) {}

    private static Looked looked(OnTarget... targets) {
        Map<Target, TargetState> states = new LinkedHashMap<>();
        for (OnTarget each : targets) {
            states.put(each.target(), each.state());
        }
        return new Looked(states, Map.of());
    }

    /** A commit that is empty stands for a release that somebody else made. */
    private static OnTarget current(String host, String release, String commit, Approval approval) {
        String about = commit.isEmpty() ? "" : CanonicalJson.write(about(release, commit, approval));
        return new OnTarget(target(host), state(release, about));
    }

    private static TargetState state(String release, String about) {
        return TargetState.parse("clock 1\ncurrent releases/" + release + "\n"
                + (about.isEmpty() ? "" : "==> about/" + release + ".json <==\n" + about + "\n"));
    }

    private static About about(String release, String commit, Approval approval) {
        return new About(
                release,
                "shop",
                "production",
                commit,
                "main",
                "",
                "",
                "",
                Instant.EPOCH.toString(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                Optional.ofNullable(approval),
                List.of());
    }
}
