package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody means well with: always a problem with a message or a value, never an exception or a hang. */
class HostileFilesTest {
    private static final String PRODUCTION = """
            [environments.production]
            targets = ["web-1"]
            config = { file = "a.toml", expect = { a = "b*", "c.d" = [1, "**"] }, absent = ["e"], unordered = ["c"], reference = "current", specific = ["a"], development = "b.toml" }
            secrets = { files = ["a.toml"], test_keys = "b.toml" }
            """;

    @Property(tries = 2000)
    void survivesRandomBytes(@ForAll byte[] bytes) {
        look(bytes);
    }

    @Property(tries = 2000)
    void survivesTomlWithMistakes(@ForAll("mistaken") String text) {
        look(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> mistaken() {
        return Arbitraries.of(
                        "a",
                        "[",
                        "]",
                        "[[",
                        "]]",
                        "{",
                        "}",
                        "=",
                        ".",
                        ",",
                        "\"",
                        "'",
                        "\"\"\"",
                        "'''",
                        "\n",
                        " ",
                        "#",
                        "1",
                        "-",
                        "_",
                        "e",
                        "nan",
                        "inf",
                        "0x",
                        "1979-05-27",
                        "T07:32:00Z",
                        "true",
                        "\\u",
                        "\\",
                        "\0",
                        "\ud800",
                        "ä",
                        "key = 1\n",
                        "[c]\n",
                        "d = [",
                        "\ufeff",
                        "\r")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a=", "a.", "[[", "\"", "'''", "a=1\n", "[a]\n", "\n", "x", "a = [", "[a", "#", "\\"})
    void survivesTheSameOverAndOver(String part) {
        String text = part.repeat(120_000 / part.length());

        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            look(text.getBytes(StandardCharsets.UTF_8));
            look(("a = " + text).getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void survivesOneVeryLongNameAboveVeryManyKeys() {
        StringBuilder text = new StringBuilder("[" + "x".repeat(40_000) + "]\n");
        for (int i = 0; i < 8_000; i++) {
            text.append('k').append(i).append("=1\n");
        }

        assertThat(look(text.toString().getBytes(StandardCharsets.UTF_8)))
                .anyMatch(line -> line.contains("longer than 1000 characters"));
    }

    @Test
    void refusesLargeFilesAtOnce() {
        assertThat(look(new byte[20_000_000])).anyMatch(line -> line.contains("20000000 bytes; at most 128 KiB"));
    }

    @Test
    void comparesVeryLongListsInBoundedTime() {
        String ones = "c.d = [" + "1,".repeat(60_000) + "]\n";
        String others = "c.d = [" + "'x',".repeat(30_000) + "]\n";

        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            look(ones.getBytes(StandardCharsets.UTF_8));
            look(others.getBytes(StandardCharsets.UTF_8));
            assertThat(new Shop()
                            .file("a.toml", others)
                            .current("v1", "a.toml", ones)
                            .file("b.toml", ones)
                            .lines(PRODUCTION))
                    .isNotEmpty();
        });
    }

    private static List<String> look(byte[] bytes) {
        try {
            Shop shop = new Shop().file("a.toml", bytes).file("b.toml", bytes);
            shop.current("v1", "a.toml", new String(bytes, StandardCharsets.ISO_8859_1) + "\nc.d = [1, 'y']\n");
            List<String> lines = shop.lines(PRODUCTION);
            assertThat(lines).isNotEmpty().allMatch(line -> line.length() < 5000 && !line.contains("\n"));
            return lines;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
