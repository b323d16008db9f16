package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.Lined;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API answers about lanes, over a real database. */
class LanesTest extends ShopApi {
    private History history;
    private List<Entry> entries;

    @BeforeEach
    void lineUp() {
        history = shop.sample().history();
        entries = Lined.up(shop.sample(), "staging", Instant.now(), "ada", "bob", "carol");
    }

    @Test
    void showsWhoHasTheTurnAndWhoWaitsWhereAndSinceWhen() {
        JsonNode lane = get(viewer("bob", EVERYTHING)).get("lanes").get(0);

        assertThat(lane.get("app").asText()).isEqualTo(SampleHistory.APP);
        assertThat(lane.get("environment").asText()).isEqualTo("staging");
        assertThat(lane.get("paused").isNull()).isTrue();
        assertThat(lane.at("/holder/id").asText()).isEqualTo(entries.get(0).id());
        assertThat(ids(lane))
                .containsExactly(entries.get(1).id(), entries.get(2).id());
        JsonNode first = lane.at("/waiting/0");
        assertThat(first.get("who").asText()).isEqualTo("bob");
        assertThat(first.get("title").asText()).isEqualTo(entries.get(1).claim().title());
        assertThat(Instant.parse(first.get("expected").asText()))
                .isBefore(Instant.parse(lane.at("/waiting/1/expected").asText()));
    }

    @Test
    void hidesWhatAnotherJobAskedForButNotThatItIsThere() {
        Viewer viewer = without("eve", "secret"::equals);
        Lined.join(shop.sample(), "staging", "secret", Instant.now(), "carol");

        JsonNode lane = get(viewer).get("lanes").get(0);

        assertThat(lane.get("waiting")).hasSize(3);
        assertThat(lane.at("/waiting/2/title").asText()).isEmpty();
        assertThat(lane.at("/waiting/2/who").asText()).isEmpty();
        assertThat(lane.at("/waiting/2/deployment").isNull()).isTrue();
        assertThat(get(viewer("eve", Set.of())).get("lanes")).isEmpty();
    }

    @Test
    void tellsInTheOverviewHowManyWaitAndWhetherTheLaneIsPaused() {
        Viewer bob = viewer("bob", EVERYTHING);
        assertThat(overview(bob, "staging").at("/lane/waiting").asInt()).isEqualTo(2);
        assertThat(overview(bob, "staging").at("/lane/paused").isNull()).isTrue();
        assertThat(overview(bob, "production").get("lane").isNull()).isTrue();

        assertThat(post(bob, "pauses", "{\"why\":\"Lunch\"}")).isEqualTo(200);
        assertThat(overview(bob, "staging").at("/lane/paused/why").asText()).isEqualTo("Lunch");
        entries.subList(1, 3).forEach(entry -> history.lanes().leave(entry.id()));
        assertThat(overview(bob, "staging").at("/lane/waiting").asInt(-1)).isZero();
        assertThat(post(bob, "resumptions", "{}")).isEqualTo(200);
        assertThat(overview(bob, "staging").get("lane").isNull())
                .as("nobody waits for the one whose turn it is")
                .isTrue();
    }

    @Test
    void letsAPersonTakeOutTheOwnAndNothingElse() {
        Viewer bob = viewer("bob", Set.of(Act.VIEW));
        JsonNode lane = get(bob).get("lanes").get(0);
        assertThat(lane.get("mayManage").asBoolean()).isFalse();
        assertThat(lane.at("/waiting/0/mayCancel").asBoolean()).isTrue();
        assertThat(lane.at("/waiting/1/mayCancel").asBoolean()).isFalse();

        String mine = entries.get(1).id();
        String other = entries.get(2).id();
        assertThat(post(bob, "cancellations", "{\"entry\":\"" + other + "\"}")).isEqualTo(403);
        assertThat(post(bob, "moves", "{\"entry\":\"" + mine + "\",\"place\":2}"))
                .isEqualTo(403);
        assertThat(post(bob, "pauses", "{\"why\":\"so\"}")).isEqualTo(403);
        assertThat(post(bob, "resumptions", "{}")).isEqualTo(403);
        assertThat(history.lanes().all().get(0).waiting()).hasSize(2);

        assertThat(post(bob, "cancellations", "{\"entry\":\"" + mine + "\",\"why\":\"a mistake\"}"))
                .isEqualTo(200);
        assertThat(history.find(entries.get(1).claim().deployment())
                        .orElseThrow()
                        .state())
                .isEqualTo(State.CANCELLED);
        assertThat(post(bob, "cancellations", "{\"entry\":\"" + mine + "\"}")).isEqualTo(409);
    }

    @Test
    void letsAManagerReorderPauseAndResume() {
        Viewer manager = viewer("meg", EVERYTHING);
        String last = entries.get(2).id();

        assertThat(post(manager, "moves", "{\"entry\":\"" + last + "\",\"place\":1}"))
                .isEqualTo(200);
        assertThat(post(manager, "moves", "{\"entry\":\"" + last + "\"}")).isEqualTo(400);
        assertThat(post(manager, "pauses", "{\"why\":\" \"}")).isEqualTo(400);
        assertThat(post(manager, "pauses", "{\"why\":\"the database is moved\"}"))
                .isEqualTo(200);
        JsonNode lane = get(manager).get("lanes").get(0);
        assertThat(ids(lane)).containsExactly(last, entries.get(1).id());
        assertThat(lane.at("/paused/why").asText()).isEqualTo("the database is moved");
        assertThat(lane.at("/waiting/0/expected").isNull()).isTrue();

        assertThat(post(manager, "resumptions", "{}")).isEqualTo(200);
        assertThat(post(manager, "nonsense", "{}")).isEqualTo(404);
        assertThat(get(manager).get("lanes").get(0).get("paused").isNull()).isTrue();
        assertThat(post(viewer("eve", Set.of(Act.MANAGE_LANE)), "resumptions", "{}"))
                .as("of what one may not see")
                .isEqualTo(404);
    }

    @Test
    void takesNothingOutOfAnotherLaneThanThatOfTheAddress() {
        Viewer here = new Viewer(
                new Actor("meg", "meg", Set.of()),
                (act, app, environment) -> act == Act.VIEW || environment.equals("production"));
        String path = "lanes/" + SampleHistory.APP + "/production/cancellations";
        String body = "{\"entry\":\"" + entries.get(1).id() + "\"}";

        assertThat(ask(here, Method.POST, path, Map.of(), body).status()).isEqualTo(409);
        assertThat(history.lanes().find(entries.get(1).id())).isPresent();
    }

    private static List<String> ids(JsonNode lane) {
        return texts(lane.get("waiting"), "/id");
    }

    private JsonNode overview(Viewer viewer, String environment) {
        JsonNode all = get(viewer, "environments", Map.of()).get("environments");
        for (JsonNode one : all) {
            if (one.get("environment").asText().equals(environment)) {
                return one;
            }
        }
        throw new AssertionError(environment + " in " + all);
    }

    private JsonNode get(Viewer viewer) {
        return get(viewer, "lanes", Map.of("environment", "staging"));
    }

    private JsonNode get(Viewer viewer, String path, Map<String, String> query) {
        Answer answer = ask(viewer, Method.GET, path, query, "");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private int post(Viewer viewer, String what, String body) {
        return ask(viewer, Method.POST, "lanes/" + SampleHistory.APP + "/staging/" + what, Map.of(), body)
                .status();
    }
}
