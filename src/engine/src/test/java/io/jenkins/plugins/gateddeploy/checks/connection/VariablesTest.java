package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.command.VariableQueries;
import io.jenkins.plugins.gateddeploy.fixture.LocalTargets;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script that looks for variables, in the shells that targets have. */
class VariablesTest {
    private static final Target HERE = new Target(null, "here", 22, Set.of(), List.of());

    private static final String DOTENV = """
            \ufeffFIRST=1
            # SET_COMMENT=1
            PLAIN=hunter2
            export EXPORTED=hunter2
            SPACED = hunter2
              INDENTED=hunter2
            YAML: hunter2
            EMPTY=
            EMPTY_SPACES=\t\s
            EMPTY_QUOTED=""
            EMPTY_SINGLE=''  # nothing
            EMPTY_COMMENT= # hunter2
            EMPTY_SPACED = ""
            BLANK=" "
            QUOTED="hunter2 # no comment" # a comment
            ESCAPED="\\"hunter2"
            BACKTICK=`hunter2`
            KEY="-----BEGIN KEY-----
            INSIDE=hunter2
            \\"also inside
            -----END KEY-----"
            AFTER=hunter2
            SINGLE='
            INSIDE_TOO=hunter2
            '
            TWICE=hunter2
            TWICE=
            AGAIN=
            AGAIN=hunter2
            REFERENCE=${PLAIN}
            EQUALS=a=b=c
            $(touch %s)=hunter2
            not a line
            9LIVES=hunter2
            DOTTED.NAME=hunter2
            LAST=hunter2""";

    private static final List<String> SET = List.of(
            "FIRST",
            "PLAIN",
            "EXPORTED",
            "SPACED",
            "INDENTED",
            "YAML",
            "BLANK",
            "QUOTED",
            "ESCAPED",
            "BACKTICK",
            "KEY",
            "AFTER",
            "SINGLE",
            "AGAIN",
            "REFERENCE",
            "EQUALS",
            "LAST");
    private static final List<String> EMPTY =
            List.of("EMPTY", "EMPTY_SPACES", "EMPTY_QUOTED", "EMPTY_SINGLE", "EMPTY_COMMENT", "EMPTY_SPACED", "TWICE");
    private static final List<String> MISSING =
            List.of("SET_COMMENT", "INSIDE", "INSIDE_TOO", "NAME", "B", "v_PLAIN", "HOME", "PATH");

    @TempDir
    private Path disk;

    static List<List<String>> shells() {
        return List.of(List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"));
    }

    private String ask(List<String> shell, Command command) throws Exception {
        RealPrograms.require(shell.get(0));
        Outcome outcome = new LocalTargets(shell).run(Map.of(HERE, command)).get(HERE);
        assertThat(outcome).isInstanceOf(Outcome.Exited.class);
        Outcome.Exited exited = (Outcome.Exited) outcome;
        assertThat(exited.stderr()).isEmpty();
        assertThat(exited.code()).isZero();
        assertThat(exited.stdout()).doesNotContain("hunter2");
        return exited.stdout();
    }

    private VariableQueries queries(List<String> names) {
        return new VariableQueries(new Layout(disk + "/srv"), names);
    }

    private static String lines(String word, List<String> names) {
        StringBuilder lines = new StringBuilder();
        names.forEach(name -> lines.append(word).append(' ').append(name).append('\n'));
        return lines.toString();
    }

    private static List<String> all() {
        return Stream.of(SET, EMPTY, MISSING).flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void readsTheSyntaxOfDotenvWithoutRunningOrShowingAnyOfIt(List<String> shell) throws Exception {
        Path touched = disk.resolve("touched");
        String text = DOTENV.formatted(touched);
        Path file = Files.writeString(disk.resolve("it's .env"), text);
        String expected = lines("set", SET) + lines("empty", EMPTY) + lines("missing", MISSING);

        assertThat(ask(shell, queries(all()).file(file.toString()))).isEqualTo(expected);
        Files.writeString(file, text.replace("\n", "\r\n"));
        assertThat(ask(shell, queries(all()).file(file.toString())))
                .as("ends of lines of Windows")
                .isEqualTo(expected);
        assertThat(touched).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void saysWhatItCannotRead(List<String> shell) throws Exception {
        Path file = Files.writeString(disk.resolve("env"), "A=1\nB=\"hunter2\nC=3\n");

        assertThat(ask(shell, queries(List.of("A", "B", "C")).file(file.toString())))
                .startsWith("unclosed 2\nset A\n");
        assertThat(ask(shell, queries(List.of("A")).file(disk + "/none"))).isEqualTo("nofile\nmissing A\n");
        assertThat(ask(shell, queries(List.of("A")).file(disk.toString()))).startsWith("unreadable ");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void readsWhatACommandPrints(List<String> shell) throws Exception {
        Files.createDirectories(disk.resolve("srv/releases/1"));
        Files.createSymbolicLink(disk.resolve("srv/current"), Path.of("releases/1"));
        Files.writeString(disk.resolve("srv/current/list"), "A=hunter2\nB=\nC=hunter2\nD==\n C=\nhunter2\n");
        List<String> names = List.of("A", "B", "C", "D", "E");

        assertThat(ask(shell, queries(names).command("cat list; echo hunter2 >&2")))
                .isEqualTo("set A\nempty B\nset C\nset D\nmissing E\n");
        assertThat(ask(shell, queries(names).command("printf A=hunter2"))).startsWith("set A\nmissing B\n");
        assertThat(ask(shell, queries(names).command("cat list; exit 3"))).isEqualTo("failed\n");
    }

    /** What a systemctl of systemd 252 printed for units with such settings. */
    @ParameterizedTest
    @MethodSource("shells")
    void readsWhatSystemdGivesToAService(List<String> shell) throws Exception {
        Files.writeString(disk.resolve("one.env"), """
                ; a comment
                FROM_FILE=hunter2
                OVERRIDDEN=
                HASH=#hunter2
                CONTINUED=a \\
                NOT_ONE=hunter2
                NEXT=hunter2
                """);
        Files.writeString(disk.resolve("two words.env"), "OTHER_FILE='hunter2'\n");
        systemctl("""
                Environment=PLAIN=hunter2 "WITH_BLANKS=hunter2 INSIDE=x" EMPTY= $'LINES=hunter2\\nINSIDE_TOO=\\'x' OVERRIDDEN=hunter2
                EnvironmentFiles=%1$s/one.env (ignore_errors=no)
                EnvironmentFiles=%1$s/two*.env (ignore_errors=no)
                EnvironmentFiles=%1$s/none.env (ignore_errors=yes)
                """.formatted(disk));
        List<String> set =
                List.of("PLAIN", "WITH_BLANKS", "LINES", "FROM_FILE", "HASH", "CONTINUED", "NEXT", "OTHER_FILE");
        List<String> names = Stream.of(set, List.of("EMPTY", "OVERRIDDEN"), List.of("INSIDE", "INSIDE_TOO", "NOT_ONE"))
                .flatMap(List::stream)
                .toList();

        assertThat(ask(shell, withPath(queries(names).service("shop.service"))))
                .isEqualTo(lines("set", set)
                        + lines("empty", List.of("EMPTY", "OVERRIDDEN"))
                        + lines("missing", List.of("INSIDE", "INSIDE_TOO", "NOT_ONE")));
        assertThat(ask(shell, withPath(queries(names).service("unknown.service"))))
                .isEqualTo("nounit\n");

        systemctl("Environment=\nEnvironmentFiles=" + disk + "/none.env (ignore_errors=no)\n");
        assertThat(ask(shell, withPath(queries(List.of("A")).service("shop.service"))))
                .isEqualTo("unreadable " + disk + "/none.env\nmissing A\n");
    }

    private void systemctl(String properties) throws Exception {
        Path bin = Files.createDirectories(disk.resolve("bin"));
        Files.writeString(disk.resolve("properties"), properties);
        Path program = bin.resolve("systemctl");
        Files.writeString(program, """
                #!/bin/sh
                # As systemctl [--user] show -p PROPERTY -- UNIT, for the user's unit shop.service.
                [ "$1" = --user ] && [ "$6" = shop.service ] || { echo LoadState=not-found; exit 0; }
                echo LoadState=loaded | grep "^$4" || grep "^$4=" '%s'
                exit 0
                """.formatted(disk.resolve("properties")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Command withPath(Command command) {
        String path = "PATH=" + Shell.quote(disk.resolve("bin").toString()) + ":$PATH\n";
        return Command.of(command.name(), path + command.script(), command.timeout());
    }

    @Test
    void survivesAThousandVariablesAndAFileOfAMegabyte() throws Exception {
        StringBuilder text = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            text.append("VARIABLE_")
                    .append(i)
                    .append("=\"")
                    .append("hunter2".repeat(150))
                    .append("\"\n");
            names.add("VARIABLE_" + i);
        }
        Path file = Files.writeString(disk.resolve("env"), text);

        assertThat(ask(List.of("dash"), queries(names).file(file.toString()))).isEqualTo(lines("set", names));
    }
}
