package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.FileEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("dist"));
        write("app.jar", "jar");
        write("lib/one.jar", "1");
        write("docs/readme.md", "doc");
    }

    @Test
    void listsFilesExecutablesAndLinks() throws Exception {
        Files.setPosixFilePermissions(write("run", "#!/bin/sh\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder.resolve("latest"), Path.of("lib/one.jar"));

        List<FileEntry> files = files(List.of(), List.of());

        assertThat(files)
                .extracting(FileEntry::path)
                .containsExactly("app.jar", "docs/readme.md", "latest", "lib/one.jar", "run");
        assertThat(files)
                .extracting(FileEntry::kind)
                .containsExactly(Kind.FILE, Kind.FILE, Kind.LINK, Kind.FILE, Kind.EXECUTABLE);
        assertThat(files.get(3).identity())
                .isEqualTo("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b");
    }

    @Test
    void excludesWinOverIncludes() throws Exception {
        assertThat(files(List.of("**/*.jar", "docs/"), List.of("lib/**")))
                .extracting(FileEntry::path)
                .containsExactly("app.jar", "docs/readme.md");
    }

    @Test
    void leavesOutRepositoriesAndItsOwnFolders() throws Exception {
        write(".git/HEAD", "ref");
        write("lib/.git", "gitdir: x");
        write("lib/.gated-deploy/x", "x");
        write(".gitignore", "x");

        assertThat(files(List.of(), List.of()))
                .extracting(FileEntry::path)
                .containsExactly(".gitignore", "app.jar", "docs/readme.md", "lib/one.jar");
    }

    @Test
    void theIdIsTheContentsAlone() throws Exception {
        Version before = read(List.of(), List.of());
        Files.setLastModifiedTime(folder.resolve("app.jar"), FileTime.fromMillis(0));
        Path moved = Files.move(folder, temp.resolve("elsewhere"));
        Version after = new FolderSource(moved.toString(), List.of(), List.of()).read(CLOCK);

        assertThat(after.revision().id())
                .matches("[0-9a-f]{64}")
                .isEqualTo(before.revision().id());
        assertThat(after.revision().isCommit()).isFalse();
        assertThat(after.revision().time()).isEqualTo(CLOCK.instant());

        Files.writeString(moved.resolve("app.jar"), "Jar");
        String changed = new FolderSource(moved.toString(), List.of(), List.of())
                .read(CLOCK)
                .revision()
                .id();
        assertThat(changed).isNotEqualTo(before.revision().id());
    }

    @Test
    void theIdKnowsTheExecutableBit() throws Exception {
        String before = read(List.of(), List.of()).revision().id();
        Files.setPosixFilePermissions(folder.resolve("app.jar"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(read(List.of(), List.of()).revision().id()).isNotEqualTo(before);
    }

    @Test
    void aLoopOfLinksIsHarmless() throws Exception {
        Files.createSymbolicLink(folder.resolve("lib/up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));

        assertThat(files(List.of(), List.of())).extracting(FileEntry::path).contains("lib/up", "self");
    }

    @Test
    void namesEveryPipeAndUnreadableFile() throws Exception {
        RealPrograms.require("mkfifo");
        Programs.text(folder, "mkfifo", "lib/pipe");
        Programs.text(folder, "mkfifo", "pipe2");

        assertThatThrownBy(() -> files(List.of(), List.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"lib/pipe\" in the folder " + folder + " is no file, folder or link")
                .hasMessageContaining("\"pipe2\"")
                .hasMessageEndingWith("[source.unreadable]");
        assertThat(files(List.of(), List.of("**/pipe*"))).hasSize(3);
    }

    @Test
    void namesAFileThatMayNotBeRead() throws Exception {
        Path secret = write("lib/secret", "s");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "needs a user who may not read everything");

        assertThatThrownBy(() -> files(List.of(), List.of())).hasMessageContaining("\"lib/secret\"");
        assertThat(files(List.of(), List.of("lib/secret"))).hasSize(3);
    }

    @Test
    void saysWhenNothingIsLeftOrThere() {
        assertThatThrownBy(() -> files(List.of("*.war"), List.of("docs/")))
                .hasMessageContaining("No file in the folder " + folder + " is included by [*.war]")
                .hasMessageEndingWith("[source.not-found]");
        assertThatThrownBy(() -> new FolderSource(temp.resolve("no").toString(), List.of(), List.of()).read(CLOCK))
                .hasMessageContaining("There is no folder")
                .hasMessageEndingWith("[source.not-found]");
    }

    @Test
    void aFileThatChangedSinceIsNotRead() throws Exception {
        Version version = read(List.of(), List.of());
        try (Content content = version.content().open()) {
            FileEntry jar = content.files().get(0);
            assertThat(new String(content.read(jar).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("jar");
            write("app.jar", "rja");
            assertThatThrownBy(() -> content.read(jar).readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("app.jar has changed");
            Files.delete(folder.resolve("app.jar"));
            Files.createSymbolicLink(folder.resolve("app.jar"), Path.of("/etc/passwd"));
            assertThatThrownBy(() -> content.read(jar)).isInstanceOf(IOException.class);
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Version read(List<String> includes, List<String> excludes) throws Exception {
        return new FolderSource(folder.toString(), includes, excludes).read(CLOCK);
    }

    private List<FileEntry> files(List<String> includes, List<String> excludes) throws Exception {
        try (Content content = read(includes, excludes).content().open()) {
            return content.files();
        }
    }
}
