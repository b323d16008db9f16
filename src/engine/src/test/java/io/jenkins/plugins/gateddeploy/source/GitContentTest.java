package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.FileEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitContentTest {
    private static final String POINTER =
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12345\n";
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @TempDir
    Path folder;

    private SampleRepository sample;

    @BeforeEach
    void makeRepository() {
        sample = SampleRepository.create(folder.resolve("sample.git"));
    }

    @AfterEach
    void closeRepository() {
        sample.close();
    }

    @Test
    void listsKindsAndBlobIdsInTheOrderOfThePaths() throws Exception {
        String commit = sample.file("b/c", "hello\n")
                .file("b-1", "")
                .executable("a", "hello\n")
                .link("z", "b/c")
                .commit("Files");

        assertThat(files(commit))
                .startsWith(
                        new FileEntry("a", Kind.EXECUTABLE, "ce013625030ba8dba906f756967f9e9ca394464a"),
                        new FileEntry("b-1", Kind.FILE, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
                        new FileEntry("b/c", Kind.FILE, "ce013625030ba8dba906f756967f9e9ca394464a"));
        assertThat(files(commit).get(3))
                .extracting(FileEntry::path, FileEntry::kind)
                .containsExactly("z", Kind.LINK);
    }

    @Test
    void readsTheBytesThatGitStored() throws Exception {
        String commit = sample.file(".gitattributes", "* text eol=crlf\n$Id$ export-subst\n")
                .file("text", "a\nb\n")
                .link("link", "text")
                .commit("Files");

        try (Content content = new GitContentSource(sample.path().toString(), commit).open()) {
            for (FileEntry file : content.files()) {
                byte[] bytes = content.read(file).readAllBytes();
                assertThat(content.size(file)).isEqualTo(bytes.length);
                if (!file.path().startsWith(".")) {
                    assertThat(new String(bytes, StandardCharsets.UTF_8)).isIn("a\nb\n", "text");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs export-ignore",
                "docs/ export-ignore",
                "/docs export-ignore",
                "docs/** export-ignore",
                "docs/* export-ignore",
                "**/docs export-ignore",
                "src/docs export-ignore",
                "src/** export-ignore",
                "*.md export-ignore",
                "/*.md export-ignore",
                "src/*.md export-ignore",
                "src/**/*.md export-ignore",
                "* export-ignore\n*.md -export-ignore",
                "* export-ignore\n*.md !export-ignore",
                "*.md export-ignore\nREADME.md -export-ignore",
                "*.md export-ignore -export-ignore",
                "*.md -export-ignore export-ignore",
                "*.md export-ignore=yes",
                "!*.md export-ignore",
                "[a-m]* export-ignore",
                "[!a-m]* export-ignore",
                "?ocs export-ignore",
                "\"with space\" export-ignore",
                "\"a \\\"quoted\\\" \\303\\274\" export-ignore",
                "with?space export-ignore",
                "  \t*.md \t export-ignore  ",
                "# *.md export-ignore",
                "\\#hash export-ignore",
                ".gitattributes export-ignore",
                ".* export-ignore",
                "READ* text export-ignore diff=x",
                "src/deep/nested/ export-ignore",
                "deep/nested export-ignore",
                "a\\*b export-ignore",
                "back\\\\slash export-ignore",
                "**/ export-ignore",
                "** export-ignore",
                "src export-ignore\nsrc/keep -export-ignore",
                "link export-ignore",
                "dirlink/ export-ignore",
                "readme.MD export-ignore"
            })
    void leavesOutWhatGitArchiveLeavesOut(String attributes) throws Exception {
        RealPrograms.require("git", "tar");
        sample.file(".gitattributes", attributes + "\n");
        for (String name : List.of(
                "README.md",
                "docs/a.md",
                "docs/sub/b.txt",
                "src/docs/c.md",
                "src/keep",
                "src/x.md",
                "src/deep/nested/y.md",
                "src/deep/nested/z",
                "deep/nested/w",
                "with space",
                "a \"quoted\" ü",
                "a*b",
                "back\\slash",
                "#hash",
                "sub/inner/one.md",
                "sub/inner/two.txt")) {
            sample.file(name, name);
        }
        sample.link("link", "docs").link("dirlink", "src");
        sample.file("sub/.gitattributes", "one.md export-ignore\n*.txt -export-ignore\n");
        String commit = sample.file("sub/inner/.gitattributes", "/two.txt export-ignore\n")
                .commit("Files");

        assertThat(files(commit)).extracting(FileEntry::path).containsExactlyInAnyOrderElementsOf(archived(commit));
    }

    @Test
    void namesSubmodules() {
        String commit = sample.file("a", "a").submodule("vendor/lib", COMMIT).commit("Submodule");

        assertThatThrownBy(() -> files(commit))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("vendor/lib")
                .hasMessageEndingWith("[source.submodule]");
    }

    @Test
    void aSubmoduleThatIsExportIgnoredDoesNoHarm() throws Exception {
        String commit = sample.file(".gitattributes", "vendor/ export-ignore\nlib/ export-ignore\n")
                .submodule("vendor/lib", COMMIT)
                .submodule("lib", COMMIT)
                .commit("Submodules");

        assertThat(files(commit)).extracting(FileEntry::path).containsExactly(".gitattributes");
    }

    @Test
    void namesLfsPointers() {
        sample.file(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        for (int i = 0; i < 7; i++) {
            sample.file("big" + i + ".bin", POINTER);
        }
        String commit = sample.commit("Pointers");

        assertThatThrownBy(() -> files(commit))
                .hasMessageContaining("big0.bin, big1.bin, big2.bin, big3.bin, big4.bin and 2 more")
                .hasMessageContaining("git lfs pull")
                .hasMessageEndingWith("[source.lfs]");
    }

    @Test
    void aFileThatOnlyLooksLikeAPointerIsFineWithoutLfs() throws Exception {
        String commit = sample.file("doc.txt", POINTER).commit("No LFS here");

        assertThat(files(commit)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "bad\u00ff"})
    void refusesNamesThatCannotBeDeployed(String name) throws Exception {
        ObjectId commit;
        try (ObjectInserter inserter = sample.repository().newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            tree.append(
                    bytes, 0, bytes.length, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, bytes), true);
            CommitBuilder builder = new CommitBuilder();
            builder.setTreeId(inserter.insert(tree));
            builder.setAuthor(new PersonIdent("a", "a@example.org"));
            builder.setCommitter(new PersonIdent("a", "a@example.org"));
            builder.setMessage("Harmful");
            commit = inserter.insert(builder);
            inserter.flush();
        }

        assertThatThrownBy(() -> files(commit.name())).hasMessageEndingWith("[source.unreadable]");
    }

    @Test
    void saysWhenTheCommitIsNotThere() {
        assertThatThrownBy(() -> files(COMMIT)).isInstanceOf(IOException.class).hasMessageContaining(COMMIT);
    }

    private List<FileEntry> files(String commit) throws IOException {
        try (Content content = new GitContentSource(sample.path().toString(), commit).open()) {
            return content.files();
        }
    }

    private List<String> archived(String commit) throws IOException, InterruptedException {
        byte[] tar = Programs.run(sample.path(), new byte[0], "git", "--git-dir=.", "archive", commit);
        byte[] names =
                Programs.run(sample.path(), tar, "tar", "--quoting-style=literal", "--show-transformed", "-tf", "-");
        return new String(names, StandardCharsets.UTF_8)
                .lines()
                .filter(n -> !n.endsWith("/"))
                .toList();
    }
}
