package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logs of deployments, and their outlines. */
class LogsTest extends ShopApi {
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
