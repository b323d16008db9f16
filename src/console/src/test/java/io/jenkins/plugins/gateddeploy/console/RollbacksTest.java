package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory.Version;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHost;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rollback list, rollbacks that are begun from it, and pins, over a real database. */
class RollbacksTest extends ShopApi {
    @Test
    void answersWithTheRollbackListAtOnceAndKnowsTheFilesSoon() {
        String path = "environments/storefront/production/rollbacks";
        JsonNode first = get(path).json();
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> get(path).json().at("/look/state").asText().equals("DONE"));
        JsonNode list = get(path).json();

        assertThat(first.get("candidates")).hasSize(3);
        assertThat(texts(list.get("candidates"), "/deployment/version/tag"))
                .containsExactly("v2.4.0", "v2.5.0", "v2.3.0");
        assertThat(texts(list.get("candidates"), "/current")).containsExactly("true", "false", "false");
        assertThat(texts(list.get("candidates"), "/files")).containsExactly("ALL", "ALL", "SOME");
        assertThat(list.at("/candidates/2/missing/0").asText()).isEqualTo("web-2");
    }

    @Test
    void tellsHowReleasesDifferFromTheCurrentOneInBothDirections(@TempDir Path folder) throws Exception {
        try (SampleRepository repository = SampleRepository.create(folder.resolve("repository"))) {
            repository.file("old.txt", "1").commit("First");
            String first = repository.file("a.txt", "1").commit("Second");
            String current = repository.file("b.txt", "1").commit("Third");
            String later = repository.file("a.txt", "2").commit("Fourth");
            shop.host()
                    .repository(new GitSource(GitLocation.of(repository.path().toString(), folder.resolve("cache"))));
            Instant now = Instant.now();
            for (String commit : List.of(first, later, current)) {
                now = now.plus(Duration.ofMinutes(1));
                SampleHistory.Version version =
                        new SampleHistory.Version("", commit, "Of " + commit.substring(0, 7), "Ada <ada@example.org>");
                DeploymentRecord begun = shop.sample().begin("staging", Kind.DEPLOY, version, "ada", now);
                shop.sample().end(begun, State.SUCCEEDED, "", Duration.ofSeconds(1), List.of());
            }
            String path = "environments/storefront/staging/rollbacks";
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> !texts(get(path).json().get("candidates"), "/difference/state")
                            .contains("LOOKING"));
            JsonNode candidates = get(path).json().get("candidates");

            assertThat(texts(candidates, "/deployment/version/commit").subList(0, 3))
                    .containsExactly(current, later, first);
            assertThat(candidates.at("/0/difference").isNull()).isTrue();
            assertThat(texts(candidates.at("/1/difference/brings/listed"), "/subject"))
                    .containsExactly("Fourth");
            assertThat(candidates.at("/1/difference/takesBack/count").asInt()).isZero();
            assertThat(texts(candidates.at("/2/difference/takesBack/listed"), "/subject"))
                    .containsExactly("Third");
            assertThat(candidates.at("/2/difference/brings/count").asInt()).isZero();
            assertThat(texts(candidates.at("/2/difference/files/listed"), "/kind"))
                    .containsExactly("REMOVED");
            // Made up in the story; git has never heard of it.
            assertThat(candidates.at("/3/difference/state").asText()).isEqualTo("UNKNOWN");
            assertThat(candidates.at("/3/difference/message").asText()).contains("There is no");
        }
    }

    @Test
    void keepsTheReasonOfARollbackAndRefusesOneThatIsTooLong() {
        String path = "environments/storefront/production/rollbacks";
        String release = shop.first().release();
        Viewer bob = viewer("bob", EVERYTHING);
        String tooLong = "{\"release\": \"" + release + "\", \"reason\": \"" + "x".repeat(1001) + "\"}";
        assertThat(ask(bob, Method.POST, path, Map.of(), tooLong).status()).isEqualTo(400);

        Answer begun = ask(
                bob,
                Method.POST,
                path,
                Map.of(),
                "{\"release\": \"" + release + "\", \"reason\": \" Search is slow \"}");
        assertThat(begun.json().at("/deployment/reason").asText()).isEqualTo("Search is slow");
    }

    @Test
    void startsARollbackForThoseWhoMay() {
        String path = "environments/storefront/production/rollbacks";
        String body = "{\"release\": \"" + shop.first().release() + "\"}";
        Answer refused = ask(viewer("eve", Set.of(Act.VIEW, Act.APPROVE)), Method.POST, path, Map.of(), body);
        Answer begun = ask(viewer("bob", EVERYTHING), Method.POST, path, Map.of(), body);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.json().get("detail").asText()).contains("eve may not roll back storefront");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.json().at("/deployment/kind").asText()).isEqualTo("ROLLBACK");
        assertThat(begun.json().at("/deployment/actor").asText()).isEqualTo("bob");
    }

    @Test
    void saysWhatTasksOfLaterReleasesCanBeTakenBackAndHasThemTakenBackWhenAsked() {
        String path = "environments/storefront/production/rollbacks";
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> get(path).json().at("/look/state").asText().equals("DONE"));
        JsonNode candidates = get(path).json().get("candidates");

        assertThat(candidates.at("/0/undos/possible")).isEmpty();
        assertThat(candidates.at("/2/undos/possible/0").asText())
                .startsWith("migrate of v2.")
                .endsWith("(php artisan migrate:rollback)");
        assertThat(candidates.at("/2/undos/impossible/0").asText()).startsWith("seed of v2.");
        assertThat(candidates.at("/2/undos/refusals")).isEmpty();

        String body = "{\"release\": \"" + shop.first().release() + "\", \"undo\": true}";
        assertThat(ask(viewer("bob", EVERYTHING), Method.POST, path, Map.of(), body)
                        .status())
                .isEqualTo(202);
        assertThat(shop.host().undone()).containsExactly(shop.first().release());
    }

    @Test
    void goesBackOnTheTargetsAloneThatAreNamedAndNeverTakesNoneForAll() {
        String path = "environments/storefront/production/rollbacks";
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> get(path).json().at("/look/state").asText().equals("DONE"));
        assertThat(texts(get(path).json().at("/look/targets"), "")).containsExactly("web-1", "web-2", "job-1");
        String wish = "{\"release\": \"" + shop.first().release() + "\", \"targets\": ";
        Viewer bob = viewer("bob", EVERYTHING);

        Answer none = ask(bob, Method.POST, path, Map.of(), wish + "[]}");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().get("detail").asText()).contains("leave it out for all");
        assertThat(ask(bob, Method.POST, path, Map.of(), wish + "[null]}").status())
                .isEqualTo(400);
        assertThat(ask(bob, Method.POST, path, Map.of(), wish + "[\"db-1\"]}").status())
                .isEqualTo(422);
        assertThat(shop.host().narrowed()).isEmpty();

        assertThat(ask(bob, Method.POST, path, Map.of(), wish + "[\"web-2\", \"job-1\"]}")
                        .status())
                .isEqualTo(202);
        assertThat(ask(bob, Method.POST, path, Map.of(), wish + "null}").status())
                .isEqualTo(202);
        assertThat(shop.host().narrowed()).containsExactly(List.of("web-2", "job-1"), List.of());
    }

    @Test
    void warnsOfDataThatIsGoneAndNamesNoDeploymentThatTheViewerMayNotSee() {
        Version version = Version.of("v2.6.0", "Drop the notes", "Ada");
        DeploymentRecord losing = shop.sample().beginBy("payroll", "production", version, Instant.now());
        shop.sample().problem(losing, "schema.data-loss", "Model Note is deleted.", "");
        shop.sample().event(losing, State.DEPLOYING, "Backup: s3://payroll/notes.sql", Duration.ZERO);
        shop.sample().end(losing, State.SUCCEEDED, "", Duration.ofMillis(1), SampleHost.TARGETS);
        String path = "environments/storefront/production/rollbacks";

        JsonNode seen = get(path).json().at("/candidates/1/losses");
        assertThat(texts(seen, "")).singleElement().asString().contains("Deployment #" + losing.number(), "Model Note");
        JsonNode unseen = ask(without("eve", "payroll"::equals), Method.GET, path, Map.of(), "")
                .json()
                .at("/candidates/0/losses");
        assertThat(texts(unseen, ""))
                .singleElement()
                .asString()
                .contains("Model Note is deleted.")
                .doesNotContain("#", "payroll");
    }

    @Test
    void showsPinsAndLetsThoseLiftThemWhoMayRollBack() {
        Pin pin = new Pin(
                "p1",
                "storefront",
                "production",
                "0123456789".repeat(4),
                "20260301T101500Z-0123456",
                shop.failed().id(),
                "ada",
                Instant.parse("2026-03-01T12:00:00Z"),
                Optional.empty());
        shop.sample().history().pins().add(pin);
        String path = "environments/storefront/production/unpin";
        assertThat(texts(
                        get("environments/storefront/production/rollbacks")
                                .json()
                                .get("pins"),
                        "/who"))
                .containsExactly("ada");
        assertThat(texts(get("environments").json().get("environments"), "/pins/0/commit"))
                .contains(pin.commit());

        assertThat(ask(viewer("eve", Set.of(Act.VIEW, Act.APPROVE)), Method.POST, path, Map.of(), "{}")
                        .status())
                .isEqualTo(403);
        assertThat(ask(viewer("bob", EVERYTHING), Method.GET, path, Map.of(), "")
                        .status())
                .isEqualTo(405);
        assertThat(ask(ofOtherJobs("carol"), Method.POST, path, Map.of(), "{}")
                        .json()
                        .get("pins"))
                .isEmpty();
        assertThat(shop.sample().history().pins().standing("storefront", "production"))
                .hasSize(1);
        String tooLong = "{\"reason\": \"" + "x".repeat(1001) + "\"}";
        assertThat(ask(viewer("bob", EVERYTHING), Method.POST, path, Map.of(), tooLong)
                        .status())
                .isEqualTo(400);
        String another = "{\"reason\": \"\", \"pins\": [\"set-since-the-page-was-shown\"]}";
        assertThat(ask(viewer("bob", EVERYTHING), Method.POST, path, Map.of(), another)
                        .json()
                        .get("pins"))
                .hasSize(1);
        String shown = "{\"reason\": \" Mended \", \"pins\": [\"" + pin.id() + "\"]}";
        Answer lifted = ask(viewer("bob", EVERYTHING), Method.POST, path, Map.of(), shown);
        assertThat(lifted.status()).isEqualTo(200);
        assertThat(lifted.json().get("pins")).isEmpty();
        assertThat(shop.sample().history().pins().all("storefront", "production"))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.lifted().orElseThrow().who()).isEqualTo("bob");
                    assertThat(p.lifted().orElseThrow().why()).isEqualTo("Mended");
                });
    }

    @Test
    void refusesARollbackToWhatIsNotInTheList() {
        String path = "environments/storefront/production/rollbacks";
        for (String body : List.of(
                "{\"release\": \"previous\"}",
                "{\"release\": null}",
                "{}",
                "[]",
                "null",
                "",
                "{\"release\": \"x\", \"force\": true}")) {
            assertThat(ask(viewer("bob", EVERYTHING), Method.POST, path, Map.of(), body)
                            .status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(shop.sample().history().unfinished("storefront", "production"))
                .hasSize(1);
    }
}
