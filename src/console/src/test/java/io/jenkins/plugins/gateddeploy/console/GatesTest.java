package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Gates and what people say to them, over a real database. */
class GatesTest extends ShopApi {
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
}
