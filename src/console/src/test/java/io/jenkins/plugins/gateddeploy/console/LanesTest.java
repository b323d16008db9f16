package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.Lined;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers about lanes, over a real database. */
class LanesTest {
    private static final Set<Act> EVERYTHING = EnumSet.allOf(Act.class);

    @TempDir
    private Path directory;

    private Shop shop;
    private History history;
    private Console console;
    private List<Entry> entries;

    @BeforeEach
    void openShop() {
        shop = Shop.open(new SampleHistory(directory), Instant.now());
        history = shop.sample().history();
        console = new Console(history, shop.host(), Clock.systemUTC());
        entries = Lined.up(shop.sample(), "staging", Instant.now(), "ada", "bob", "carol");
    }

    @AfterEach
    void closeShop() {
        console.close();
        shop.close();
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
        Viewer viewer = new Viewer(new Actor("eve", "eve", Set.of()), new Viewer.Permissions() {
            @Override
            public boolean may(Act act, String app, String environment) {
                return act == Act.VIEW;
            }

            @Override
            public boolean sees(String job) {
                return !job.equals("secret");
            }
        });
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
        Response response = console.answer(new Request(
                Method.POST,
                List.of("lanes", SampleHistory.APP, "production", "cancellations"),
                Map.of(),
                "{\"entry\":\"" + entries.get(1).id() + "\"}",
                here));

        assertThat(response.status()).isEqualTo(409);
        assertThat(history.lanes().find(entries.get(1).id())).isPresent();
    }

    private static List<String> ids(JsonNode lane) {
        List<String> ids = new ArrayList<>();
        lane.get("waiting").forEach(place -> ids.add(place.get("id").asText()));
        return ids;
    }

    private static Viewer viewer(String id, Set<Act> may) {
        return new Viewer(new Actor(id, id, Set.of()), (act, app, environment) -> may.contains(act));
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
        Response response = console.answer(new Request(Method.GET, List.of(path), query, "", viewer));
        assertThat(response.status()).isEqualTo(200);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            response.content().writeTo(out);
            return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int post(Viewer viewer, String what, String body) {
        return console.answer(new Request(
                        Method.POST, List.of("lanes", SampleHistory.APP, "staging", what), Map.of(), body, viewer))
                .status();
    }
}
