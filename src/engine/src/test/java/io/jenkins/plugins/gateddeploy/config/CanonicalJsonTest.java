package io.jenkins.plugins.gateddeploy.config;

import static io.jenkins.plugins.gateddeploy.config.Written.ENVIRONMENT;
import static io.jenkins.plugins.gateddeploy.config.Written.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static final Task TASK = new Task(
            "migrate",
            "bin/migrate\n'ä'",
            Task.Phase.SWITCHED,
            true,
            Set.of("web", "worker", "a"),
            Optional.of("bin/undo"),
            true,
            false,
            Duration.ofMillis(90_500));

    record Stored(List<Task> tasks, Map<String, Variable> variables, Instant at) {}

    @Test
    void writesOneForm() {
        assertThat(CanonicalJson.write(TASK))
                .isEqualTo(
                        "{\"at\":\"SWITCHED\",\"idempotent\":false,\"name\":\"migrate\",\"on\":[\"a\",\"web\",\"worker\"],"
                                + "\"once\":true,\"run\":\"bin/migrate\\n'ä'\",\"timeout\":\"PT1M30.5S\",\"undo\":\"bin/undo\","
                                + "\"undoOnFailure\":true}");
    }

    @Test
    void sortsKeysAndSetsWhateverTheirOrder() {
        Set<String> set = new LinkedHashSet<>(List.of("b", "a", "c"));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", set);
        map.put("a", List.of(2, 1));

        assertThat(CanonicalJson.write(map)).isEqualTo("{\"a\":[2,1],\"z\":[\"a\",\"b\",\"c\"]}");
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        Stored stored = new Stored(
                List.of(TASK),
                Map.of("A", new Variable.Literal(""), "B", new Variable.SecretReference("b")),
                Instant.parse("2026-01-02T03:04:05.000000006Z"));

        assertThat(CanonicalJson.read(CanonicalJson.write(stored), Stored.class))
                .isEqualTo(stored);
        assertThat(CanonicalJson.read(CanonicalJson.write(TASK), Task.class)).isEqualTo(TASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp = \"{target}:1\"", "run = \"x\"", "http = \"http://x\"\nhealth.status = [204, 200]"})
    void readsBackAWholeConfiguration(String health) throws Exception {
        Configuration whole = Written.only(SMALLEST
                + "ssh.jump = \"a\"\nhealth." + health
                + "\nvariables = { A = \"1\", B = { secret = \"b\" } }\ntasks.a = { run = \"x\", on = [\"web\"] }\n"
                + "config = { file = \"a\", expect = { a = 1, b = 1.5, c = [\"x\", { d = true }] }, reference = \"current\" }\n"
                + "requires = { credentials = [{ id = \"a\", type = \"ssh-key\" }], variables_from.service = \"a\" }\n"
                + "secrets.deny = [\"a\", { secret = \"b\" }]\nstrategy.kind = \"rolling\"\n"
                + ENVIRONMENT.replace("\"web-1\"", "{ host = \"u@w\", roles = [\"web\", \"db\"] }"));

        Configuration read = CanonicalJson.read(CanonicalJson.write(whole), Configuration.class);

        assertThat(read).isEqualTo(whole);
        assertThat(read.digest()).isEqualTo(whole.digest());
    }

    @Test
    void passesOverWhatANewerVersionHasWritten() {
        String json = CanonicalJson.write(TASK).replace("{\"at\"", "{\"shell\":{\"name\":\"bash\"},\"at\"");

        assertThat(CanonicalJson.read(json, Task.class)).isEqualTo(TASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{} {}",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"run\":null,\"at\":\"PREPARE\",\"on\":[],\"timeout\":\"PT1S\"}",
                "{\"name\":\"a\",\"run\":\"hunter2\",\"at\":\"hunter2\",\"on\":[],\"timeout\":\"PT1S\"}",
                "{\"name\":\"a\",\"run\":\"x\",\"at\":\"PREPARE\",\"on\":[],\"timeout\":\"hunter2\"}",
                "{\"name\":\"a\",\"run\":\"x\",\"at\":\"PREPARE\",\"on\":[],\"timeout\":\"PT1S\",\"once\":\"true\"}",
            })
    void refusesWhatIsNoTaskWithoutShowingIt(String json) {
        assertThatThrownBy(() -> CanonicalJson.read(json, Task.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Task")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
