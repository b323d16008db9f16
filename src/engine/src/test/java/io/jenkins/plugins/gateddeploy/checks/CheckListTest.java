package io.jenkins.plugins.gateddeploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.checks.contract.ContractChecks;
import io.jenkins.plugins.gateddeploy.checks.development.DevelopmentChecks;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which checks there are for what deploy.toml asks. */
class CheckListTest {
    private static final String ALL = """
            branch = "main"
            requires = { credentials = ["stripe"], variables = ["DATABASE_URL"], commands = ["php"] }
            config = { file = "shop.toml", expect = { a = 1 }, specific = ["b"], development = "dev.toml" }
            schema = { file = "model.json" }
            api = [{ file = "openapi.yaml" }, { file = "functions.json" }]
            schedule = { functions = "functions.json", file = "calls.json" }
            development = { tests = ["TEST-*.xml"], static = { reports = ["*.sarif"] }, clean = true, branch = true }
            """;

    private static Subject subject(String environment, Map<String, String> files) throws Exception {
        return new Subject(
                DeployFile.parse("deploy.toml", """
                                app = "shop"
                                release.path = "/srv/shop"
                                [environments.production]
                                targets = ["deploy@web-1"]
                                """ + environment).configuration("production"),
                List.of(),
                new Revision("a".repeat(40), "main", null, "s", "s", "a <a@b>", "a <a@b>", Instant.EPOCH),
                new Given("v2", files),
                List::of,
                Optional.empty(),
                new NoCredentials(),
                Remote.none(),
                Development.unknown());
    }

    private static List<String> abouts(Function<Subject, List<Check>> family, String environment) throws Exception {
        return family.apply(subject(environment, Map.of())).stream()
                .map(Check::about)
                .toList();
    }

    @Test
    void looksAtContractsThatAreNamedOneByOne() throws Exception {
        assertThat(abouts(ContractChecks::of, "")).isEmpty();
        assertThat(abouts(ContractChecks::of, ALL))
                .hasSize(3)
                .startsWith("openapi.yaml", "functions.json")
                .last()
                .asString()
                .contains("schedule");
    }

    @Test
    void looksAtHowAVersionCameAboutAsFarAsItIsAsked() throws Exception {
        assertThat(abouts(DevelopmentChecks::of, "")).hasSize(2).contains("the build");
        assertThat(abouts(DevelopmentChecks::of, "development = { build = false }"))
                .hasSize(1)
                .doesNotContain("the build");
        assertThat(abouts(DevelopmentChecks::of, ALL))
                .hasSize(5)
                .contains("the build", "static analysis", "the branch");
    }

    @Test
    void looksAtEverythingInTheOrderInWhichPeopleReadIt() throws Exception {
        List<String> all = abouts(CheckList::of, ALL);

        assertThat(all).startsWith("the commit's message", "the build").endsWith("the targets");
        assertThat(all.indexOf("the branch")).isLessThan(all.indexOf("shop.toml"));
        assertThat(all.indexOf("shop.toml")).isLessThan(all.indexOf("the data's schema, model.json"));
        assertThat(all.indexOf("the data's schema, model.json")).isLessThan(all.indexOf("openapi.yaml"));
        assertThat(all).doesNotHaveDuplicates();
    }

    /** Each has a file that is cut off or missing: none may pass, none may fall over. */
    @Test
    void findsSomethingWrongWithEachOfThemWhereNothingIsThereToBeLookedAt() throws Exception {
        List<Check> checks = new ArrayList<>(CheckList.of(subject(ALL, Map.of("model.json", "[{"))));
        checks.removeIf(check ->
                check.about().equals("the commit's message") || check.about().equals("the build"));
        for (Check check : checks) {
            assertThat(check.timeout()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(10));
        }
        List<Problem> problems;
        try (Checks running = Checks.start(checks)) {
            problems = running.await();
        }

        assertThat(problems)
                .extracting(Problem::message)
                .anySatisfy(m -> assertThat(m).contains("openapi.yaml"))
                .anySatisfy(m -> assertThat(m).contains("shop.toml"))
                .anySatisfy(m -> assertThat(m).contains("model.json"))
                .anySatisfy(m -> assertThat(m).contains("stripe"))
                .anySatisfy(m -> assertThat(m).contains("TEST-*.xml"))
                .anySatisfy(m -> assertThat(m).contains("functions.json"))
                .noneSatisfy(m -> assertThat(m).contains("stumbled"));
        assertThat(problems).allSatisfy(p -> assertThat(p.mend()).isNotEmpty());
    }

    private record Given(String version, Map<String, String> files) implements Files {
        @Override
        public List<String> paths() {
            return List.copyOf(new TreeMap<>(files).keySet());
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private record NoCredentials() implements Credentials {
        @Override
        public SshCredential ssh(String id) throws CredentialException {
            throw new CredentialException("There is no credential " + id);
        }

        @Override
        public GitCredential git(String id) throws CredentialException {
            throw new CredentialException("There is no credential " + id);
        }

        @Override
        public Secret secret(String id) throws CredentialException {
            throw new CredentialException("There is no secret " + id);
        }
    }
}
