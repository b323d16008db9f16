package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files of a release as they arrive on a server: the first time, and when most of them are there already. */
class FilesTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    private static final List<String> ODD = List.of(
            "plain.txt",
            "a b/c d.txt",
            "it's.txt",
            "\"double\".txt",
            "line\nbreak.txt",
            "carriage\rreturn",
            "tab\there",
            "ünïcödé ✓/漢字.txt",
            "-leading-dash",
            "--help",
            "back\\slash.txt",
            "$(touch x)",
            "star*?[a].txt",
            " leading and trailing ",
            "#hash",
            "dir-\n-x/in it",
            "#".repeat(200));

    private static Path source(String name) {
        return world.app().resolve(name);
    }

    @Test
    void namesLinksModesAndEmptyFilesSurviveTheFirstPushAndTheNext() throws Exception {
        for (String name : ODD) {
            world.file(name, "content of " + name);
        }
        world.file("empty", "").file("bin/run", "#!/bin/sh\n");
        assertThat(source("bin/run").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(source("link"), Path.of("bin/run"));
        Files.createSymbolicLink(source("dangling link"), Path.of("no/such file"));
        world.succeed(world.configuration(""));
        assertAsInTheFolder();

        world.file("plain.txt", "changed");
        world.succeed(world.configuration(""));

        assertAsInTheFolder();
        assertThat(world.log()).contains("are there already");
    }

    private static void assertAsInTheFolder() throws Exception {
        for (String name : ODD) {
            assertThat(Files.readString(world.current(0).resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readString(source(name)));
        }
        assertThat(world.current(0).resolve("empty")).isEmptyFile();
        assertThat(Files.isExecutable(world.current(0).resolve("bin/run"))).isTrue();
        assertThat(Files.isExecutable(world.current(0).resolve("empty"))).isFalse();
        assertThat(Files.readSymbolicLink(world.current(0).resolve("link"))).hasToString("bin/run");
        assertThat(Files.readSymbolicLink(world.current(0).resolve("dangling link")))
                .hasToString("no/such file");
    }

    @Test
    void sendsOnlyWhatChangedAndTakesRenamedFilesFromTheCurrentRelease() throws Exception {
        for (int i = 0; i < 20; i++) {
            world.file("same/" + i + ".txt", "text " + i);
        }
        world.file("old name.txt", "moves").succeed(world.configuration(""));
        Files.move(source("old name.txt"), source("new name.txt"));
        world.file("same/3.txt", "changed").succeed(world.configuration(""));

        assertThat(world.host().log("")).anyMatch(l -> l.startsWith("Sending 1 of 21 files") && l.contains("20 are"));
        assertThat(world.current(0).resolve("new name.txt")).hasContent("moves");
        assertThat(world.current(0).resolve("old name.txt")).doesNotExist();
        assertThat(world.current(0).resolve("same/3.txt")).hasContent("changed");
    }

    @Test
    void reusesManyFilesInSeveralWorkers() throws Exception {
        for (int i = 0; i < 900; i++) {
            world.file("d" + i % 7 + "/" + i + ".txt", "text " + i);
        }
        world.succeed(world.configuration(""));
        world.file("d0/0.txt", "changed").succeed(world.configuration(""));

        assertThat(world.host().log("")).anyMatch(l -> l.startsWith("Sending 1 of 900 files"));
        for (int i = 1; i < 900; i++) {
            assertThat(world.current(0).resolve("d" + i % 7 + "/" + i + ".txt")).hasContent("text " + i);
        }
    }

    @Test
    void aModeThatChangedIsChangedInTheNewReleaseOnly() throws Exception {
        world.file("run", "#!/bin/sh\n");
        String first = world.succeed(world.configuration("[release]\nreuse = \"link\"\n"))
                .record()
                .release();
        assertThat(source("run").toFile().setExecutable(true)).isTrue();
        String second = world.succeed(world.configuration("[release]\nreuse = \"link\"\n"))
                .record()
                .release();

        assertThat(Files.isExecutable(world.release(0, first).resolve("run"))).isFalse();
        assertThat(Files.isExecutable(world.release(0, second).resolve("run"))).isTrue();
    }

    @Test
    void aTaskThatAppendsToAnUnchangedFileLeavesTheOldReleaseByteForByte() throws Exception {
        String tasks = "[tasks]\nappend = \"echo more >> data.txt; echo more >> version.txt\"\n";
        world.file("data.txt", "data\n").file("version.txt", "1\n");
        String first = world.succeed(world.configuration(tasks)).record().release();
        Map<String, String> before = files(first);
        world.file("version.txt", "2\n");
        String second = world.succeed(world.configuration(tasks)).record().release();

        assertThat(files(first)).isEqualTo(before);
        assertThat(world.release(0, second).resolve("data.txt")).hasContent("data\nmore\n");
    }

    private static Map<String, String> files(String release) throws Exception {
        return Map.copyOf(world.listing(0).subMap("releases/" + release, "releases/" + release + "0"));
    }

    @Test
    void aFileThatWasTamperedWithInTheOldReleaseIsSentAgain() throws Exception {
        for (String name : List.of("a.txt", "b/c.txt", "gone.txt", "linked.txt", "fine.txt")) {
            world.file(name, "content of " + name);
        }
        String first = world.succeed(world.configuration("")).record().release();
        Path old = world.release(0, first);
        Files.writeString(old.resolve("a.txt"), "tampered");
        Files.writeString(old.resolve("b/c.txt"), "");
        Files.delete(old.resolve("gone.txt"));
        Files.delete(old.resolve("linked.txt"));
        Files.createSymbolicLink(old.resolve("linked.txt"), Path.of("fine.txt"));
        world.file("new.txt", "new").succeed(world.configuration("[release]\nshared = [\"s/\"]\n"));

        for (String name : List.of("a.txt", "b/c.txt", "gone.txt", "linked.txt", "fine.txt")) {
            assertThat(world.current(0).resolve(name)).hasContent("content of " + name);
        }
        assertThat(old.resolve("a.txt")).hasContent("tampered");
        assertThat(Files.isSymbolicLink(world.current(0).resolve("s"))).isTrue();
        assertThat(world.log()).contains("4 files are not as they were sent before and travel again");
        world.assertTidy();

        world.file("new.txt", "newer").succeed(world.configuration("[release]\nshared = [\"s/\"]\n"));
        assertThat(world.host().log("")).anyMatch(l -> l.startsWith("Sending 1 of 6 files"));
    }

    @Test
    void aLinkInPlaceOfAnOldFileIsNoFileEvenWhenItLeadsToTheSameBytes() throws Exception {
        world.file("a.txt", "the same");
        String first = world.succeed(world.configuration("")).record().release();
        Path elsewhere = Files.writeString(world.on(0).resolve("elsewhere.txt"), "the same");
        Files.delete(world.release(0, first).resolve("a.txt"));
        Files.createSymbolicLink(
                world.release(0, first).resolve("a.txt"), Path.of(world.base()).resolve("elsewhere.txt"));
        world.succeed(world.configuration(""));

        assertThat(Files.isSymbolicLink(world.current(0).resolve("a.txt"))).isFalse();
        assertThat(elsewhere).hasContent("the same");
    }

    @Test
    void aDamagedListOfFilesMakesEveryFileTravel() throws Exception {
        world.file("a.txt", "a");
        String first = world.succeed(world.configuration("")).record().release();
        Files.write(
                world.on(0).resolve(".gated-deploy/manifests/" + first), "nonsense".getBytes(StandardCharsets.UTF_8));
        world.succeed(world.configuration(""));

        assertThat(world.current(0).resolve("a.txt")).hasContent("a");
        assertThat(world.log()).contains("is damaged; every file travels");
    }

    @Test
    void reuseByLinkSharesTheFilesWithTheReleaseBefore() throws Exception {
        String link = "[release]\nreuse = \"link\"\n";
        world.file("a.txt", "a");
        String first = world.succeed(world.configuration(link)).record().release();
        String second = world.file("b.txt", "b")
                .succeed(world.configuration(link))
                .record()
                .release();
        String third = world.succeed(world.configuration("")).record().release();

        Object inode = Files.getAttribute(world.release(0, first).resolve("a.txt"), "unix:ino");
        assertThat(Files.getAttribute(world.release(0, second).resolve("a.txt"), "unix:ino"))
                .isEqualTo(inode);
        assertThat(Files.getAttribute(world.release(0, third).resolve("a.txt"), "unix:ino"))
                .isNotEqualTo(inode);
    }
}
