package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.Crowd;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory.Version;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHost;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers, over a real database. */
class ConsoleTest {
    private static final Set<Act> EVERYTHING = EnumSet.allOf(Act.class);

    @TempDir
    private Path directory;

    private Shop shop;
    private Console console;

    @BeforeEach
    void openShop() {
        shop = Shop.open(new SampleHistory(directory), Instant.now());
        console = new Console(shop.sample().history(), shop.host(), Clock.systemUTC());
    }

    @AfterEach
    void closeShop() {
        console.close();
        shop.close();
    }

    private record Answer(int status, String contentType, String text) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    private static Viewer viewer(String id, Set<Act> may, String... groups) {
        return new Viewer(new Actor(id, id, Set.of(groups)), (act, app, environment) -> may.contains(act));
    }

    /** Who may do everything, and sees none of the shop's jobs. */
    private static Viewer ofOtherJobs(String id) {
        return without(id, job -> true);
    }

    private static Viewer without(String id, Predicate<String> hidden) {
        return new Viewer(new Actor(id, id, Set.of()), new Viewer.Permissions() {
            @Override
            public boolean may(Act act, String app, String environment) {
                return true;
            }

            @Override
            public boolean sees(String job) {
                return !hidden.test(job);
            }
        });
    }

    private Answer ask(Viewer viewer, Method method, String path, Map<String, String> query, String body) {
        Response response = console.answer(new Request(method, List.of(path.split("/")), query, body, viewer));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            response.content().writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Answer(response.status(), response.contentType(), out.toString(StandardCharsets.UTF_8));
    }

    private Answer get(String path, Map<String, String> query) {
        return ask(viewer("bob", EVERYTHING), Method.GET, path, query, "");
    }

    private Answer get(String path) {
        return get(path, Map.of());
    }

    private static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.at(pointer).asText()));
        return texts;
    }

    @Test
    void listsDeploymentsNewestFirstPageByPage() {
        List<String> all = texts(get("deployments").json().get("deployments"), "/id");
        List<String> paged = new ArrayList<>();
        String before = "";
        do {
            JsonNode page =
                    get("deployments", Map.of("limit", "3", "before", before)).json();
            assertThat(page.get("deployments").size()).isLessThanOrEqualTo(3);
            paged.addAll(texts(page.get("deployments"), "/id"));
            before = page.get("next").asText("");
        } while (!before.isEmpty() && !before.equals("null"));

        assertThat(all).hasSize(8).first().isEqualTo(shop.held().id());
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void listsWhatMatchesAFilter() {
        JsonNode failed = get("deployments", Map.of("state", "rolled_back")).json();
        JsonNode staging = get("deployments", Map.of("environment", "staging")).json();

        assertThat(texts(failed.get("deployments"), "/id"))
                .containsExactly(shop.failed().id());
        assertThat(texts(staging.get("deployments"), "/environment")).containsExactly("staging", "staging");
        assertThat(get("deployments", Map.of("state", "LOST")).status()).isEqualTo(400);
        assertThat(get("deployments", Map.of("limit", "0")).status()).isEqualTo(400);
    }

    @Test
    void fillsThePageWithWhatTheViewerMaySeeAndTellsNothingOfTheRest() {
        Viewer tester = new Viewer(
                new Actor("tess", "Tess", Set.of()), (act, app, environment) -> environment.equals("staging"));

        JsonNode list =
                ask(tester, Method.GET, "deployments", Map.of("limit", "2"), "").json();
        Answer details = ask(tester, Method.GET, "deployments/" + shop.held().id(), Map.of(), "");
        Answer gate = ask(tester, Method.GET, "gates/" + shop.gate().id(), Map.of(), "");
        Answer rollbacks = ask(tester, Method.GET, "environments/storefront/production/rollbacks", Map.of(), "");
        Answer log = ask(tester, Method.GET, "deployments/" + shop.held().id() + "/log", Map.of(), "");
        JsonNode overview =
                ask(tester, Method.GET, "environments", Map.of(), "").json();

        assertThat(texts(list.get("deployments"), "/environment")).containsExactly("staging", "staging");
        assertThat(List.of(details.status(), gate.status(), rollbacks.status(), log.status()))
                .containsOnly(404);
        assertThat(texts(overview.get("environments"), "/environment")).containsExactly("staging");
    }

    @Test
    void tellsAllOfOneDeployment() {
        JsonNode details = get("deployments/" + shop.failed().id()).json();

        assertThat(details.at("/deployment/state").asText()).isEqualTo("ROLLED_BACK");
        assertThat(details.at("/deployment/ended").asBoolean()).isTrue();
        assertThat(details.at("/deployment/reason").asText()).isEqualTo("Planned");
        assertThat(details.at("/deployment/times/durationMillis").asLong()).isEqualTo(48_000);
        assertThat(details.at("/deployment/version/tag").asText()).isEqualTo("v2.5.0");
        assertThat(details.at("/problems/0/mend").asText()).contains("application's own log");
        assertThat(details.at("/problems/0/place").asText()).isEqualTo("deploy.toml:12:3");
        assertThat(texts(details.get("events"), "/state"))
                .containsExactly("QUEUED", "CHECKING", "DEPLOYING", "CONFIRMING", "ROLLED_BACK");
        assertThat(details.get("targets")).hasSize(3);
        assertThat(details.at("/commits/count").asInt()).isEqualTo(3);
        assertThat(details.get("gate").isNull()).isTrue();
    }

    @Test
    void tellsWhatIsCurrentAndUnderWayInEachEnvironment() {
        JsonNode environments = get("environments").json().get("environments");

        assertThat(texts(environments, "/environment")).containsExactly("production", "staging");
        assertThat(environments.at("/0/current/version/tag").asText()).isEqualTo("v2.4.0");
        assertThat(environments.at("/0/current/kind").asText()).isEqualTo("ROLLBACK");
        assertThat(environments.at("/0/underWay/0/id").asText())
                .isEqualTo(shop.held().id());
        assertThat(environments.at("/0/gates/0/id").asText())
                .isEqualTo(shop.gate().id());
        assertThat(environments.at("/1/current/version/tag").asText()).isEqualTo("v2.5.1");
        assertThat(get("environments", Map.of("app", "other")).json().get("environments"))
                .isEmpty();
    }

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
    void showsAGateByItselfWithWhatPeopleDecideOn() {
        JsonNode listed = get("gates").json().at("/gates/0");
        JsonNode gate = get("gates/" + shop.gate().id()).json();

        assertThat(listed.get("detail").isNull()).isTrue();
        assertThat(texts(gate.at("/detail/change/problems"), "/id"))
                .containsExactly("schema.data-loss", "target.space");
        assertThat(texts(gate.at("/detail/change/problems"), "/forced")).containsExactly("true", "false");
        assertThat(gate.at("/detail/change/forced/reason").asText()).isEqualTo("Nobody reads it since May");
        assertThat(gate.at("/detail/change/commits/count").asInt()).isEqualTo(3);
        assertThat(gate.at("/detail/change/files/count").asInt()).isEqualTo(4);
        assertThat(gate.at("/detail/change/tasks/0/run").asText()).isEqualTo("php artisan migrate --force");
        assertThat(gate.at("/detail/change/tasks/1/on/0").asText()).isEqualTo("worker");
        assertThat(gate.at("/detail/change/tasks/1/skipped").asBoolean(true)).isFalse();
        assertThat(gate.at("/detail/change/tasks/2/skipped").asBoolean()).isTrue();
        assertThat(gate.at("/detail/evidence/0/download").asBoolean()).isTrue();
    }

    @Test
    void letsPeopleTakeBackWhatTheySaid() {
        String gate = "gates/" + shop.gate().id();
        Viewer alice = viewer("alice", EVERYTHING);
        String approve = "{\"verdict\": \"APPROVE\", \"plan\": \"" + "d".repeat(64) + "\"}";
        assertThat(ask(alice, Method.POST, gate + "/withdrawals", Map.of(), "{}")
                        .status())
                .isEqualTo(409);
        JsonNode approved =
                ask(alice, Method.POST, gate + "/decisions", Map.of(), approve).json();
        assertThat(approved.get("mayWithdraw").asBoolean()).isTrue();
        assertThat(approved.at("/terms/approvable").asBoolean()).isTrue();

        assertThat(get(gate).json().get("mayWithdraw").asBoolean()).isFalse();
        assertThat(ask(viewer("alice", Set.of(Act.VIEW)), Method.POST, gate + "/withdrawals", Map.of(), "{}")
                        .status())
                .isEqualTo(403);
        assertThat(ask(alice, Method.GET, gate + "/withdrawals", Map.of(), "").status())
                .isEqualTo(405);
        JsonNode after =
                ask(alice, Method.POST, gate + "/withdrawals", Map.of(), "{}").json();
        assertThat(after.get("decisions")).isEmpty();
        assertThat(after.get("mayDecide").asBoolean()).isTrue();
        assertThat(after.get("mayWithdraw").asBoolean()).isFalse();
    }

    @Test
    void letsTheHostSayForEachJobWhoDecides() {
        Viewer viewer = new Viewer(new Actor("alice", "Alice", Set.of()), new Viewer.Permissions() {
            @Override
            public boolean may(Act act, String app, String environment) {
                return true;
            }

            @Override
            public boolean decides(String job, String app, String environment) {
                return false;
            }
        });
        JsonNode gate = ask(viewer, Method.GET, "gates/" + shop.gate().id(), Map.of(), "")
                .json();

        assertThat(gate.get("mayDecide").asBoolean()).isFalse();
        assertThat(gate.at("/refusal/id").asText()).isEqualTo("gate.permission");
    }

    @Test
    void tellsOfTheLastAttemptOnlyAsLongAsItIsAFailure() {
        assertThat(get("environments").json().at("/environments/0/failed").isNull())
                .isTrue();
        SampleHistory.Version version = SampleHistory.Version.of("v3", "Three", "Ada <ada@example.org>");
        Instant now = Instant.now();
        DeploymentRecord failed = shop.sample()
                .end(
                        shop.sample().begin("staging", Kind.DEPLOY, version, "ada", now),
                        State.FAILED,
                        "No space.",
                        Duration.ofSeconds(1),
                        List.of());
        DeploymentRecord cancelled = shop.sample().begin("staging", Kind.DEPLOY, version, "ada", now.plusSeconds(5));
        shop.sample().end(cancelled, State.CANCELLED, "", Duration.ofSeconds(1), List.of());
        assertThat(get("environments").json().at("/environments/1/failed/id").asText())
                .isEqualTo(failed.id());

        DeploymentRecord good = shop.sample().begin("staging", Kind.DEPLOY, version, "ada", now.plusSeconds(10));
        shop.sample().end(good, State.SUCCEEDED, "", Duration.ofSeconds(1), List.of());
        assertThat(get("environments").json().at("/environments/1/failed").isNull())
                .isTrue();
    }

    @Test
    void listsEveryEnvironmentHoweverManyThereAre() {
        Crowd.of(60).in(shop.sample());

        JsonNode environments = get("environments").json().get("environments");
        assertThat(environments).hasSize(2 + 60 * 4);
        assertThat(texts(environments, "/app")).contains("app-01", "app-60");
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
    void tellsWhyWhatStartedByItselfWasNotDeployedToThoseWhoMaySeeItsJob() {
        skip("production", "payroll/main", "Not for you");
        skip("production", "shop/main", "The branch main is not wanted");
        skip("staging", "shop/main", "It begins with [HOLD]");

        JsonNode all = get("skips").json().get("skips");
        assertThat(texts(all, "/why"))
                .containsExactly("It begins with [HOLD]", "The branch main is not wanted", "Not for you");
        assertThat(all.at("/0/by").asText()).isEqualTo("SCM change");
        assertThat(all.at("/0/build/name").asText()).isEqualTo("shop/main #7");
        assertThat(texts(get("skips", Map.of("environment", "staging")).json().get("skips"), "/why"))
                .containsExactly("It begins with [HOLD]");
        assertThat(texts(
                        get("skips", Map.of("job", "shop", "below", "yes"))
                                .json()
                                .get("skips"),
                        "/environment"))
                .containsExactly("staging", "production");
        assertThat(get("skips", Map.of("job", "shop")).json().get("skips")).isEmpty();
        Viewer eve = without("eve", "payroll/main"::equals);
        assertThat(texts(ask(eve, Method.GET, "skips", Map.of(), "").json().get("skips"), "/why"))
                .doesNotContain("Not for you")
                .hasSize(2);
        assertThat(ask(viewer("nobody", Set.of()), Method.GET, "skips", Map.of(), "")
                        .json()
                        .get("skips"))
                .isEmpty();
        assertThat(ask(eve, Method.POST, "skips", Map.of(), "{}").status()).isEqualTo(405);
    }

    private void skip(String environment, String job, String why) {
        Skipped.note(
                shop.sample().history().audit(),
                new io.jenkins.plugins.gateddeploy.registration.Place(SampleHistory.APP, environment),
                new Actor("(scm)", "SCM change", Set.of()),
                new Origin(job, 7, job + " #7"),
                why,
                Instant.now());
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

    @Test
    void takesDecisionsOfApproversOnWhatTheySaw() {
        String path = "gates/" + shop.gate().id() + "/decisions";
        String approve = "{\"verdict\": \"APPROVE\", \"comment\": \" Fine. \", \"plan\": \"" + "d".repeat(64) + "\"}";
        Viewer alice = viewer("alice", EVERYTHING);
        Answer stale = ask(alice, Method.POST, path, Map.of(), approve.replace("dddd", "eeee"));
        Answer author = ask(viewer("ada", EVERYTHING, "release-managers"), Method.POST, path, Map.of(), approve);
        Answer stranger = ask(viewer("eve", EVERYTHING), Method.POST, path, Map.of(), approve);
        Answer reader = ask(viewer("rita", Set.of(Act.VIEW), "release-managers"), Method.POST, path, Map.of(), approve);
        Answer lookalike = ask(viewer("@release-managers", EVERYTHING), Method.POST, path, Map.of(), approve);

        assertThat(List.of(stale.status(), author.status(), stranger.status(), reader.status(), lookalike.status()))
                .containsExactly(409, 409, 409, 403, 409);
        assertThat(stale.json().at("/problems/0/id").asText()).isEqualTo("gate.plan-changed");
        assertThat(author.json().at("/problems/0/id").asText()).isEqualTo("gate.author");
        assertThat(shop.sample()
                        .history()
                        .gates()
                        .find(shop.gate().id())
                        .orElseThrow()
                        .decisions())
                .isEmpty();

        Answer first = ask(alice, Method.POST, path, Map.of(), approve);
        Answer again = ask(alice, Method.POST, path, Map.of(), approve);
        Answer second = ask(viewer("max", EVERYTHING, "release-managers"), Method.POST, path, Map.of(), approve);
        assertThat(first.json().at("/decisions/0/comment").asText()).isEqualTo("Fine.");
        assertThat(first.json().get("needed")).hasSize(1);
        assertThat(again.status()).isEqualTo(409);
        assertThat(second.json().get("standing").asText()).isEqualTo(Standing.APPROVED.name());
    }

    @Test
    void tellsWhetherTheViewerMayDecideAndWhyNot() {
        String path = "deployments/" + shop.held().id();
        JsonNode alice =
                ask(viewer("alice", EVERYTHING), Method.GET, path, Map.of(), "").json();
        JsonNode reader = ask(viewer("alice", Set.of(Act.VIEW)), Method.GET, path, Map.of(), "")
                .json();

        assertThat(alice.at("/gate/mayDecide").asBoolean()).isTrue();
        assertThat(reader.at("/gate/mayDecide").asBoolean()).isFalse();
        assertThat(reader.at("/gate/refusal/message").asText()).contains("lacks the permission");
    }

    @Test
    void tellsWhichConditionsHeldOfAGateThatWasToOpenByItself() {
        Automation automation = new Automation(
                List.of(
                        new Automation.Finding("build-success", true, "the build is successful so far"),
                        new Automation.Finding("no-problems", false, "<b>x</b> [toml.mismatch]")),
                List.of("the commit's message begins with [HOLD]."));
        Clause step = new Clause(List.of(), 1, true, Duration.ofHours(1), Clause.Source.STEP);
        Gate gate = shop.sample()
                .history()
                .gates()
                .open(Gate.opening(
                        "by-itself",
                        shop.gate().subject(),
                        new Rules(List.of(step), Set.of(), 0).with(automation),
                        Instant.now()));

        JsonNode found = get("gates/" + gate.id()).json().get("automation");
        assertThat(found.get("opened").asBoolean()).isFalse();
        assertThat(texts(found.get("conditions"), "/name")).containsExactly("build-success", "no-problems");
        assertThat(texts(found.get("conditions"), "/held")).containsExactly("true", "false");
        assertThat(texts(found.get("conditions"), "/found"))
                .containsExactly("the build is successful so far", "<b>x</b> [toml.mismatch]");
        assertThat(found.get("reasons")).hasSize(2);
        assertThat(get("gates/" + shop.gate().id()).json().get("automation").isNull())
                .isTrue();
    }

    @Test
    void handsOutTheLogPieceByPieceAsItIsWritten() {
        List<String> lines = IntStream.range(0, 9000)
                .mapToObj(i -> "line " + i + " – ünïcode")
                .toList();
        DeploymentRecord record = shop.sample()
                .begin("testing", Kind.DEPLOY, SampleHistory.Version.of("v3", "x", "y"), "ada", Instant.now());
        String path = "deployments/" + record.id() + "/log";
        assertThat(get(path).json().get("complete").asBoolean()).isFalse();
        shop.sample().log(record, lines, "web-1");

        List<String> read = new ArrayList<>();
        long from = 0;
        long size;
        do {
            JsonNode piece = get(path, Map.of("from", String.valueOf(from))).json();
            read.addAll(texts(piece.get("lines"), "/text"));
            assertThat(piece.get("next").asLong()).isGreaterThan(from);
            from = piece.get("next").asLong();
            size = piece.get("size").asLong();
        } while (from < size);
        JsonNode tail = get(path, Map.of("from", "-100")).json();

        assertThat(read).isEqualTo(lines);
        assertThat(texts(tail.get("lines"), "/text")).containsExactly("line 8999 – ünïcode");
        assertThat(tail.at("/lines/0/target").asText()).isEqualTo("web-1");
        assertThat(get(path + ".txt").text().lines()).hasSize(9000);
        assertThat(get(path + ".txt").contentType()).startsWith("text/plain");
    }

    @Test
    void keepsPathsOfTheHostForThoseWhoLookAfterIt() throws Exception {
        Files.createDirectories(shop.held().log().getParent());
        Files.deleteIfExists(shop.held().log());
        Files.createDirectory(shop.held().log());
        Answer log = get("deployments/" + shop.held().id() + "/log");
        Answer history = answered(stub((method, arguments) -> {
            throw new HistoryException("The file " + directory + " is damaged", null);
        }));

        assertThat(List.of(log.status(), history.status())).containsOnly(503);
        assertThat(log.text()).contains("The log of this host says why.").doesNotContain(directory.toString());
        assertThat(history.text()).contains("The log of this host says why.").doesNotContain(directory.toString());
    }

    @Test
    void doesNotReadTheWholeHistoryForSomebodyWhoSeesNothingOfIt() {
        AtomicInteger read = new AtomicInteger();
        Instant now = Instant.now();
        // A history without end: each row is a second older than the one before.
        History endless = stub((method, arguments) -> {
            Filter filter = (Filter) arguments[0];
            assertThat(read.addAndGet(filter.limit())).isLessThan(5000);
            Instant before = filter.until().orElse(now);
            return IntStream.rangeClosed(1, filter.limit())
                    .mapToObj(i -> SampleHistory.at(shop.held(), before.minusSeconds(i)))
                    .toList();
        });

        JsonNode page = answered(endless).json();

        assertThat(page.get("deployments")).isEmpty();
        assertThat(Instant.parse(page.get("next").asText())).isEqualTo(now.minusSeconds(read.get()));
    }

    private Answer answered(History history) {
        try (Console other = new Console(history, shop.host(), Clock.systemUTC())) {
            Response response = other.answer(
                    new Request(Method.GET, List.of("deployments"), Map.of(), "", viewer("eve", Set.of())));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.content().writeTo(out);
            return new Answer(response.status(), response.contentType(), out.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Listing {
        Object list(String method, Object[] arguments);
    }

    /** {@return a history of which nothing is asked but its gates, its lanes and a list} */
    private History stub(Listing listing) {
        return (History) Proxy.newProxyInstance(
                ConsoleTest.class.getClassLoader(),
                new Class<?>[] {History.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "gates" -> shop.sample().history().gates();
                    case "lanes" -> shop.sample().history().lanes();
                    default -> listing.list(method.getName(), arguments);
                });
    }

    @Test
    void answersWhatIsNotThereOrNotPossibleWithAProblem() {
        assertThat(get("nothing").status()).isEqualTo(404);
        assertThat(get("deployments/none").status()).isEqualTo(404);
        assertThat(get("deployments/none/log").status()).isEqualTo(404);
        assertThat(get("gates/none").status()).isEqualTo(404);
        assertThat(get("").json().get("detail").asText()).contains("no / in this API");
        assertThat(ask(viewer("bob", EVERYTHING), Method.POST, "deployments", Map.of(), "{}")
                        .status())
                .isEqualTo(405);
        assertThat(get("deployments", Map.of("before", "yesterday"))
                        .json()
                        .get("detail")
                        .asText())
                .contains("before must be a time");
    }

    @Test
    void answersRangesPartsAndMatchesOfALog() {
        DeploymentRecord record = shop.sample()
                .begin("staging", Kind.DEPLOY, SampleHistory.Version.of("v9", "Nine", "Ada"), "ada", Instant.now());
        String log = "deployments/" + record.id() + "/log/";
        assertThat(get(log + "outline").json().get("lines").asInt()).isZero();
        shop.sample().log(record, List.of("Deploy v9"), "");
        shop.sample().phase(record, "files", List.of("web-1", "web-2"));
        shop.sample()
                .log(record, IntStream.range(0, 600).mapToObj(i -> "file " + i).toList(), "web-1");
        shop.sample().phase(record, "switch", List.of("web-1", "web-2"));
        shop.sample().log(record, List.of("Switched", "x".repeat(3000)), "web-2");

        JsonNode outline = get(log + "outline").json();
        assertThat(outline.get("lines").asInt()).isEqualTo(603);
        assertThat(outline.get("complete").asBoolean()).isFalse();
        assertThat(texts(outline.get("views"), "/target")).containsExactly("-", "web-1", "web-2");
        assertThat(texts(outline.get("phases"), "/row")).containsExactly("1", "601");
        assertThat(texts(get(log + "outline", Map.of("target", "web-2")).json().get("phases"), "/row"))
                .containsExactly("0", "0");

        JsonNode lines = get(log + "lines", Map.of("from", "599", "count", "3")).json();
        assertThat(texts(lines.get("lines"), "/number")).containsExactly("600", "601", "602");
        assertThat(texts(lines.get("lines"), "/text")).containsExactly("file 598", "file 599", "Switched");
        JsonNode cut = get(log + "lines", Map.of("from", "1", "count", "1", "target", "web-2"))
                .json();
        assertThat(cut.at("/lines/0/text").asText()).hasSize(1000);
        assertThat(cut.at("/lines/0/cut").asInt()).isEqualTo(2000);
        JsonNode whole = get(log + "lines", Map.of("from", "602", "count", "1", "whole", "yes"))
                .json();
        assertThat(whole.at("/lines/0/text").asText()).hasSize(3000);
        assertThat(get(log + "lines", Map.of("count", "1001")).status()).isEqualTo(400);

        JsonNode matches = get(log + "matches", Map.of("q", "FILE 59")).json();
        assertThat(matches.get("count").asInt()).isEqualTo(11);
        assertThat(matches.at("/hits/1/line").asInt()).isEqualTo(592);
        assertThat(matches.at("/hits/1/row").asInt()).isEqualTo(590);
        assertThat(get(log + "matches", Map.of("q", "file", "target", "web-2"))
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(get(log + "matches").status()).isEqualTo(400);
        for (String what : List.of("outline", "lines", "matches")) {
            assertThat(ask(viewer("eve", Set.of()), Method.GET, log + what, Map.of("q", "x"), "")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void tellsThePhasesOfADeploymentAndWhatItsTargetsDo() {
        DeploymentRecord record = shop.sample()
                .begin("staging", Kind.DEPLOY, SampleHistory.Version.of("v9", "Nine", "Ada"), "ada", Instant.now());
        shop.sample().event(record, State.CHECKING, "Looking at 2 targets", Duration.ofMillis(5));
        shop.sample().phase(record, "lock", List.of("web-1", "web-2"));
        shop.sample().phase(record, "tasks before the switch", List.of("web-1", "web-2"));
        shop.sample().doing(record, "web-1", "install");

        JsonNode details = get("deployments/" + record.id()).json();
        assertThat(texts(details.get("phases"), "/name")).containsExactly("queued", "lock", "tasks before the switch");
        assertThat(texts(details.get("phases"), "/standing")).containsExactly("DONE", "DONE", "CURRENT");
        assertThat(texts(details.get("targets"), "/message")).containsExactly("install", "tasks before the switch");
        assertThat(texts(details.get("targets"), "/standing")).containsExactly("WORKING", "WORKING");
        assertThat(texts(details.get("targets"), "/current")).containsExactly("", "");

        shop.sample().phase(record, "tasks after the switch", List.of("web-1", "web-2"));
        assertThat(texts(get("deployments/" + record.id()).json().get("targets"), "/current"))
                .containsOnly(record.release());
        shop.sample().phase(record, "going back", List.of("web-1", "web-2"));
        assertThat(texts(get("deployments/" + record.id()).json().get("targets"), "/current"))
                .containsOnly("");
        shop.sample().end(record, State.ROLLED_BACK, "bad", Duration.ofSeconds(9), List.of("web-1"));
        assertThat(texts(get("deployments/" + record.id()).json().get("phases"), "/standing"))
                .containsExactly("DONE", "DONE", "DONE", "FAILED", "DONE");
        // One from before phases were written down has its states.
        assertThat(texts(get("deployments/" + shop.failed().id()).json().get("phases"), "/name"))
                .containsExactly("queued", "checking", "deploying", "confirming");
    }
}
