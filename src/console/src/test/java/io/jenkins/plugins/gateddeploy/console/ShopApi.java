package io.jenkins.plugins.gateddeploy.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A console over a real database with a shop in it, asked as its pages ask it. */
abstract class ShopApi {
    static final Set<Act> EVERYTHING = EnumSet.allOf(Act.class);

    @TempDir
    Path directory;

    Shop shop;
    Console console;

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

    record Answer(int status, String contentType, String text) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    static Viewer viewer(String id, Set<Act> may, String... groups) {
        return new Viewer(new Actor(id, id, Set.of(groups)), (act, app, environment) -> may.contains(act));
    }

    /** Who may do everything, and sees none of the shop's jobs. */
    static Viewer ofOtherJobs(String id) {
        return without(id, job -> true);
    }

    static Viewer without(String id, Predicate<String> hidden) {
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

    Answer ask(Viewer viewer, Method method, String path, Map<String, String> query, String body) {
        Response response = console.answer(new Request(method, List.of(path.split("/")), query, body, viewer));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            response.content().writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Answer(response.status(), response.contentType(), out.toString(StandardCharsets.UTF_8));
    }

    Answer get(String path, Map<String, String> query) {
        return ask(viewer("bob", EVERYTHING), Method.GET, path, query, "");
    }

    Answer get(String path) {
        return get(path, Map.of());
    }

    static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.at(pointer).asText()));
        return texts;
    }
}
