package io.jenkins.plugins.gateddeploy.config;

import static io.jenkins.plugins.gateddeploy.config.Written.ENVIRONMENT;
import static io.jenkins.plugins.gateddeploy.config.Written.SMALLEST;
import static io.jenkins.plugins.gateddeploy.config.Written.problems;
import static io.jenkins.plugins.gateddeploy.config.Written.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody means well with. */
class DeployFileLimitsTest {

    @Test
    void refusesAFileOfTenMegabytes(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("deploy.toml");
        Files.writeString(file, SMALLEST + "#".repeat(10_000_000) + ENVIRONMENT);

        assertThatThrownBy(() -> DeployFile.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(file + ": The file is larger than 128 KiB")
                .hasMessageEndingWith("[config.limit]");
        assertThat(problems(Files.readString(file))).singleElement().asString().contains("larger than 128 KiB");
    }

    @Test
    void readsAFileOfAHundredKilobytes() {
        assertThat(problemsOf("#".repeat(100_000))).isEmpty();
    }

    @Test
    void refusesAFileOfVeryManyLinesWithoutReadingIt() {
        assertThat(problemsOf("a = " + "\n".repeat(20_000)))
                .singleElement()
                .asString()
                .contains("more than 10,000 lines", "[config.limit]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{ a = "})
    void refusesAThousandfoldNesting(String opening) {
        String closing = opening.equals("[") ? "]" : " }";
        String nested = "a = " + opening.repeat(1000) + "1" + closing.repeat(1000);

        assertThat(problems(nested))
                .singleElement()
                .asString()
                .startsWith("deploy.toml:1:")
                .contains("too deep (more than 64 levels")
                .endsWith("[config.limit]");
        assertThat(problems("a" + ".a".repeat(1000) + " = 1"))
                .singleElement()
                .asString()
                .contains("too deep");
        assertThat(problems("[a" + ".a".repeat(1000) + "]"))
                .singleElement()
                .asString()
                .contains("too deep");
        assertThat(problems("a = " + opening.repeat(100_000))).isNotEmpty();
    }

    @Test
    void survivesARegularExpressionOfNothingButBrackets() {
        assertThat(problemsOf("health = { http = \"http://x\", body = \"" + "(".repeat(100_000) + "\" }"))
                .hasSize(1);
        assertThat(problemsOf("health = { http = \"http://x\", body = \"" + "(".repeat(500) + "\" }"))
                .hasSize(1);
    }

    @Test
    void showsTheFirstHundredErrorsAndSaysThatThereAreMore() {
        String keys =
                IntStream.range(0, 9_000).mapToObj(i -> "k" + i + " = 1\n").collect(Collectors.joining());

        assertThat(problemsOf(keys)).hasSize(101).last().asString().contains("More errors follow");
    }

    @Test
    void refusesMoreEntriesThanAnyRealFileHas() {
        String tasks =
                IntStream.range(0, 9_000).mapToObj(i -> "t" + i + "=\"x\"\n").collect(Collectors.joining());

        assertThat(problemsOf("[tasks]\n" + tasks))
                .singleElement()
                .asString()
                .contains("has 9000 items; at most 1000 are read")
                .endsWith("[config.limit]");
    }

    @Test
    void refusesMoreEnvironmentsThanAnyRealFileHas() {
        String environments = IntStream.range(0, 101)
                .mapToObj(i -> "[environments.e" + i + "]\ntargets = [\"a\"]\n")
                .collect(Collectors.joining());

        assertThat(problems(SMALLEST + environments))
                .singleElement()
                .asString()
                .contains("at most 100 environments are read")
                .endsWith("[config.limit]");
    }

    @Test
    void ordersTheLongestChainOfTasks() throws ProblemException {
        String tasks = IntStream.range(0, 1000)
                .mapToObj(
                        i -> "t" + i + " = { run = \"x\"" + (i < 999 ? ", after = \"t" + (i + 1) + "\"" : "") + " }\n")
                .collect(Collectors.joining());

        assertThat(Written.live("[tasks]\n" + tasks).tasks())
                .first()
                .extracting(Task::name)
                .isEqualTo("t999");
    }

    @Test
    void refusesTextThatIsNotUtf8(@TempDir Path dir) throws IOException {
        Path file = Files.write(dir.resolve("deploy.toml"), new byte[] {'a', '=', '"', (byte) 0xff, '"'});

        assertThatThrownBy(() -> DeployFile.read(file))
                .hasMessage(file + ": The file is not UTF-8. Save it as UTF-8." + " [config.syntax]");
    }

    @Test
    void saysThatAFileIsMissingOrADirectory(@TempDir Path dir) {
        assertThatThrownBy(() -> DeployFile.read(dir.resolve("deploy.toml")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("There is no such file.")
                .hasMessageEndingWith("[config.file]");
        assertThatThrownBy(() -> DeployFile.read(dir)).isInstanceOf(ProblemException.class);
    }

    @Test
    void readsAFileWithAByteOrderMarkAndWindowsLineEndings() {
        assertThat(problems("\ufeff" + (SMALLEST + ENVIRONMENT).replace("\n", "\r\n")))
                .isEmpty();
    }

    @Test
    void saysWhereATextIsThatTheParserFailsOn() {
        String text = "app = \"a\"\n\n[tasks]\nx = { run = \"a\", \\#\\restart\" }\n\n[health]\nhttp = \"http://x\"\n";

        assertThat(problems(text))
                .singleElement()
                .asString()
                .isEqualTo(
                        "deploy.toml:6: The text up to here is no TOML: look for brackets, quotes and comments that do"
                                + " not end. [config.syntax]");
    }

    @Property(tries = 500)
    void answersAnyBytesWithProblemsOrAFile(@ForAll byte[] bytes) {
        read(new String(bytes, StandardCharsets.ISO_8859_1));
        read(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property(tries = 1000)
    void answersADamagedFileWithProblemsOrAFile(@ForAll("damaged") String text) {
        read(text);
    }

    @Provide
    Arbitrary<String> damaged() {
        int length = Outline.TEXT.length();
        Arbitrary<String> inserted = Arbitraries.of(
                        "[",
                        "]",
                        "{",
                        "}",
                        "\"",
                        "'",
                        "=",
                        ".",
                        ",",
                        "\n",
                        "\\",
                        "#",
                        "0",
                        "-1",
                        "1e9",
                        "true",
                        "false",
                        "[]",
                        "{}",
                        "\"\"",
                        "\"..\"",
                        "\"\\u0000\"",
                        "1979-05-27",
                        "inf",
                        "\ud83d",
                        "{target}",
                        "ext::",
                        "[[a]]")
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
        return Combinators.combine(
                        Arbitraries.integers().between(0, length),
                        Arbitraries.integers().between(0, 12),
                        inserted)
                .as((at, dropped, text) ->
                        Outline.TEXT.substring(0, at) + text + Outline.TEXT.substring(Math.min(length, at + dropped)));
    }

    private static void read(String text) {
        try {
            DeployFile file = DeployFile.parse("deploy.toml", text);
            for (String environment : file.environments()) {
                file.configuration(environment).digest();
            }
        } catch (ProblemException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }
}
