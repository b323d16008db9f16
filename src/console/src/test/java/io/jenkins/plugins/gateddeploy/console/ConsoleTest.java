package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.Crowd;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the API answers, over a real database. */
class ConsoleTest extends ShopApi {
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
}
