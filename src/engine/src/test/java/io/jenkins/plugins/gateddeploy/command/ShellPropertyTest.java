package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a value is, a real shell takes it for nothing but that value. */
class ShellPropertyTest {

    /** Texts of what shells find remarkable, with anything else in between. */
    @Provide
    Arbitrary<String> nasty() {
        Arbitrary<String> special = Arbitraries.of(
                "'",
                "''",
                "\"",
                "\\",
                "\\'",
                "$HOME",
                "$(touch pwned)",
                "`touch pwned`",
                "\n",
                "\r\n",
                "\t",
                " ",
                ";",
                "&",
                "|",
                ">pwned",
                "<",
                "*",
                "?",
                "[a]",
                "~",
                "#",
                "!",
                "{a,b}",
                "=",
                "%s",
                "-n",
                "--",
                "\u0001",
                "ü",
                "漢",
                "\uD83D\uDE80",
                "EOF",
                "${x:?}",
                "\u00a0",
                "\u2028");
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange('\u0001', (char) (Character.MIN_SURROGATE - 1))
                .ofMaxLength(5);
        return Arbitraries.oneOf(special, any).list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    @Property(tries = 40)
    void quotedWordsAreTheWords(@ForAll("nastyList") List<String> words) throws Exception {
        for (String shell : shells()) {
            String script = "printf '%s\\0' " + words.stream().map(Shell::quote).collect(Collectors.joining(" "));
            String expected = words.stream().map(w -> w + "\0").collect(Collectors.joining());

            assertThat(run(shell, script, "")).as(shell).isEqualTo(words.isEmpty() ? "\0" : expected);
        }
    }

    @Provide
    Arbitrary<List<String>> nastyList() {
        return nasty().list().ofMaxSize(40);
    }

    @Property(tries = 15)
    void valuesOfAScriptAreTheValues(@ForAll("nastyList") List<String> values) throws Exception {
        Script script = new Script();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            script.set("V" + i, values.get(i));
            expected.append(values.get(i)).append('\0');
        }
        StringBuilder text = new StringBuilder(script.toString());
        for (int i = 0; i < values.size(); i++) {
            text.append("printf '%s\\0' \"$V").append(i).append("\"\n");
        }
        for (String shell : shells()) {
            assertThat(run(shell, text.toString(), "")).as(shell).isEqualTo(expected.toString());
        }
    }

    @Property(tries = 15)
    void variablesReachATaskAsTheyAre(@ForAll("nastyList") List<String> values) throws Exception {
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            variables.put("V" + (1000 + i), values.get(i));
        }
        String read = "eval \"$(cat)\"\n"
                + variables.keySet().stream()
                        .map(name -> "sh -c 'printf \"%s\\0\" \"$" + name + "\"'")
                        .collect(Collectors.joining("\n"));
        String stdin = new String(TaskRun.variables(variables).bytes(), StandardCharsets.UTF_8);
        String expected = variables.values().stream().map(v -> v + "\0").collect(Collectors.joining());

        assertThat(run("sh", read, stdin)).isEqualTo(expected);
    }

    /** Every command whose arguments come from elsewhere, with a directory, ids and texts that are as bad as can be. */
    @Property(tries = 10)
    void commandsDoNothingThatTheirValuesSay(@ForAll("nasty") String value) throws Exception {
        Path folder = Files.createTempDirectory("quoting");
        try {
            Path base = Files.createDirectories(folder.resolve("base"));
            Commands commands = new Commands(new Layout(base + "/" + value.replace("/", "_")), "token", "deployment");
            for (Command command : all(commands, value)) {
                Path script = Files.writeString(base.resolve("script"), command.script());
                run(List.of("timeout", "10", "sh", script.toString()), folder, "");
                assertThat(names(folder)).as(command.name()).containsExactly("base");
            }
        } finally {
            run(List.of("rm", "-rf", folder.toString()), Path.of("/"), "");
        }
    }

    private static List<Command> all(Commands commands, String value) {
        Beginning beginning = new Beginning(value, value, value);
        List<SharedLink> shared = List.of(new SharedLink("a" + value, true));
        Ending ending = new Ending("FAILED", value, List.of(), List.of());
        return List.of(
                commands.look(true),
                commands.lock(value, true),
                commands.takeOver("old", false, Duration.ofSeconds(1), value),
                commands.renew(Duration.ofSeconds(1)),
                commands.receive(beginning, value, false, shared, value),
                commands.complete(value, shared, value),
                commands.switchTo(value, value),
                commands.goBack(value, value),
                commands.manifest(value),
                commands.pack(value),
                commands.unpack(beginning),
                commands.probeTcp("localhost", 1, Duration.ofMillis(50)),
                commands.end(ending),
                commands.unlock(List.of("token")));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private static List<String> shells() {
        RealPrograms.require("sh");
        return Stream.of("sh", "bash", "busybox")
                .filter(s -> RealPrograms.find(s).isPresent())
                .map(s -> s.equals("busybox") ? "busybox sh" : s)
                .toList();
    }

    /** Through a file: how Java hands over arguments that are not ASCII depends on the locale. */
    private static String run(String shell, String script, String stdin) throws Exception {
        Path file = Files.createTempFile("quoting", ".sh");
        try {
            Files.writeString(file, script);
            List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
            command.add(file.toString());
            return run(command, file.getParent(), stdin);
        } finally {
            Files.delete(file);
        }
    }

    private static String run(List<String> command, Path folder, String stdin) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(new File("/dev/null"))
                .start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It may end before it has read everything.
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
