package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    @TempDir
    Path folder;

    private SampleRepository sample;
    private String first;
    private String second;

    @BeforeEach
    void makeRepository() {
        sample = SampleRepository.create(folder.resolve("sample repository.git"));
        first = sample.file("index.html", "one").commit("First version\n\nWith a body.\n");
        sample.annotatedTag("v1", "the first");
        second = sample.file("index.html", "two").commit("Second version");
        sample.tag("v2");
    }

    @AfterEach
    void closeRepository() {
        sample.close();
    }

    @Test
    void findsBranchTagAndCommit() throws Exception {
        GitSource source = source();

        assertThat(source.resolve("main").revision().id()).isEqualTo(second);
        assertThat(source.resolve("v1").revision().id()).isEqualTo(first);
        assertThat(source.resolve("v2").revision().id()).isEqualTo(second);
        assertThat(source.resolve("refs/tags/v1").revision().id()).isEqualTo(first);
        assertThat(source.resolve("heads/main").revision().id()).isEqualTo(second);
        assertThat(source.resolve(first).revision().id()).isEqualTo(first);
        assertThat(source.resolve(first.substring(0, 8)).revision().id()).isEqualTo(first);
        assertThat(source.resolve(null).revision().id()).isEqualTo(second);
        assertThat(source.resolve("HEAD").revision().id()).isEqualTo(second);
        assertThat(source.resolve("origin/main").revision().id()).isEqualTo(second);
    }

    @Test
    void listsWhatPeopleMayChooseFrom() throws Exception {
        sample.branch("a\"><b>&'").file("other", "x");
        String third = sample.commit("On the branch");

        Choices choices = source().choices(50, 2);

        assertThat(choices.branches()).containsExactly("a\"><b>&'", "main");
        assertThat(choices.tags()).containsExactly("v2", "v1");
        assertThat(choices.commits()).extracting(Revision::id).containsExactly(third, second);
        assertThat(choices.complete()).isTrue();
        assertThat(source().choices(1, 2).complete()).isFalse();
        assertThat(source().choices(1, 2).tags()).containsExactly("v2");
    }

    @Test
    void recordsWhatTheCommitSaysAboutItself() throws Exception {
        Revision revision = source().resolve("v1").revision();

        assertThat(revision.ref()).isEqualTo("v1");
        assertThat(revision.tagName()).contains("v1");
        assertThat(revision.subject()).isEqualTo("First version");
        assertThat(revision.message()).isEqualTo("First version\n\nWith a body.\n");
        assertThat(revision.author()).isEqualTo("Ada Lovelace <ada@example.org>");
        assertThat(revision.committer()).isEqualTo("Ada Lovelace <ada@example.org>");
        assertThat(revision.time()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void knowsTheTagOfACommitThatNeedsNoNetwork() throws Exception {
        source().resolve("main");

        assertThat(source().resolve(first).revision().tagName()).contains("v1");
    }

    @Test
    void takesTheTagWhenABranchHasTheSameName() throws Exception {
        sample.branch("v1").file("other", "x").commit("On the branch");

        assertThat(source().resolve("v1").revision().id()).isEqualTo(first);
    }

    @Test
    void takesABranchBeforeACommitThatStartsAlike() throws Exception {
        String name = first.substring(0, 6);
        String tip = sample.branch(name).file("other", "x").commit("On the branch");

        assertThat(source().resolve(name).revision().id()).isEqualTo(tip);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--upload-pack=x",
                "$(touch x)",
                "`touch x`",
                "it's \"quoted\"",
                "with spaces",
                "../../etc/passwd",
                "a\nb",
                "",
                "main~1",
                "main^{}",
                "@{1}",
                "zz"
            })
    void anythingElseIsJustANameThatDoesNotExist(String name) {
        assertThatThrownBy(() -> source().resolve(name))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("There is no branch, tag or commit \"" + name + "\"")
                .hasMessageContaining(sample.path().toString())
                .hasMessageEndingWith("[source.not-found]");
    }

    @Test
    void findsABranchWithAnUnusualName() throws Exception {
        String tip = sample.branch("it's-a-\"$(touch x)\"-ünïcode").commit("Unusual");

        assertThat(source().resolve("it's-a-\"$(touch x)\"-ünïcode").revision().id())
                .isEqualTo(tip);
    }

    @Test
    void tellsWhetherACommitIsOnABranchOfTheServer() throws Exception {
        String topic = sample.branch("topic").file("other", "x").commit("On the topic");
        sample.branch("main").tag("topic");

        assertThat(source().isOnBranch(first, "main")).isTrue();
        assertThat(source().isOnBranch(second, "origin/main")).isTrue();
        assertThat(source().isOnBranch(topic, "main")).isFalse();
        assertThat(source().isOnBranch(topic, "topic")).isTrue();
        assertThat(source().isOnBranch(second, "refs/heads/topic")).isTrue();
        assertThat(source().isOnBranch("0123456789012345678901234567890123456789", "main"))
                .isFalse();
        assertThatThrownBy(() -> source().isOnBranch(first, "v1")).hasMessageEndingWith("[source.not-found]");
    }

    @Test
    void noticesThatABranchWasForcedBackSinceTheLastTime() throws Exception {
        assertThat(source().isOnBranch(second, "main")).isTrue();
        sample.reset(first);

        assertThat(source().isOnBranch(second, "main")).isFalse();
        String third = sample.file("index.html", "three").commit("Third");
        assertThat(source().isOnBranch(third, "main")).isTrue();
    }

    @Test
    void proposesNamesThatLookAlike() {
        sample.branch("feature/login").branch("develop");

        assertThatThrownBy(() -> source().resolve("devolp")).hasMessageContaining("Did you mean \"develop\"?");
        assertThatThrownBy(() -> source().resolve("feature/logn")).hasMessageContaining("\"feature/login\"");
    }

    @Test
    void refusesAShortCommitThatIsAmbiguous() {
        List<String> commits = new ArrayList<>();
        String shared = null;
        while (shared == null) {
            String next = sample.commit("More " + commits.size());
            shared = commits.stream()
                    .filter(c -> c.startsWith(next.substring(0, 4)))
                    .findFirst()
                    .map(c -> next.substring(0, 4))
                    .orElse(null);
            commits.add(next);
        }
        String ambiguous = shared;

        assertThatThrownBy(() -> source().resolve(ambiguous))
                .hasMessageContaining("\"" + ambiguous + "\" is the beginning of 2 commits")
                .hasMessageEndingWith("[source.ambiguous]");
    }

    @Test
    void saysWhenARepositoryIsEmpty() {
        SampleRepository empty = SampleRepository.create(folder.resolve("empty.git"));
        empty.close();

        assertThatThrownBy(() -> source(empty.path().toString()).resolve("main"))
                .hasMessageContaining("There is no commit yet")
                .hasMessageEndingWith("[source.not-found]");
    }

    @Test
    void saysWhenThereIsNoRepository() {
        assertThatThrownBy(() -> source(folder.resolve("nothing").toString()).resolve("main"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing")
                .hasMessageEndingWith("[source.unreachable]");
    }

    @Test
    void saysWhenATagIsNoCommit() throws Exception {
        var blob = sample.repository().resolve("main:index.html");
        var update = sample.repository().updateRef("refs/tags/file");
        update.setNewObjectId(blob);
        update.forceUpdate();

        assertThatThrownBy(() -> source().resolve("file"))
                .hasMessageContaining("is not a commit")
                .hasMessageEndingWith("[source.not-found]");
    }

    @Test
    void findsWhatWasPushedSinceTheLastTimeAndForgetsWhatWasDeleted() throws Exception {
        sample.branch("topic");
        source().resolve("topic");
        String third = sample.branch("main").file("new", "x").commit("Third");
        sample.deleteRef("refs/heads/topic").branch("topic/sub").commit("Below");

        assertThat(source().resolve("main").revision().id()).isEqualTo(third);
        assertThatThrownBy(() -> source().resolve("topic")).hasMessageEndingWith("[source.not-found]");
        assertThat(source().resolve("topic/sub").revision().subject()).isEqualTo("Below");
    }

    @Test
    void followsABranchThatWasForced() throws Exception {
        source().resolve("main");
        sample.reset(first);
        String other = sample.file("index.html", "other").commit("Instead");

        assertThat(source().resolve("main").revision().id()).isEqualTo(other);
        assertThat(source().resolve(second).revision().subject()).isEqualTo("Second version");
    }

    @Test
    void aKnownFullCommitNeedsNoRepositoryAtAll() throws Exception {
        source().resolve("main");
        Files.move(sample.path(), folder.resolve("away"));

        Version version = source().resolve(first);

        assertThat(version.revision().subject()).isEqualTo("First version");
        assertThat(paths(version)).containsExactly("index.html");
    }

    @Test
    void readsAWorkspaceFirstWhenItHoldsTheCommit() throws Exception {
        GitLocation location = GitLocation.of(folder.resolve("gone").toString(), folder.resolve("cache"))
                .withWorkspace(sample.path());

        Version version = new GitSource(location).resolve(second);

        assertThat(version.revision().tagName()).contains("v2");
        assertThat(((GitContentSource) version.content()).gitDirectory())
                .isEqualTo(sample.path().toString());
        assertThat(new GitSource(location).between(first, second, 9)).isPresent();
    }

    @Test
    void makesABrokenCacheAnew() throws Exception {
        sample.file("big", "x".repeat(50_000)).commit("Big");
        source().resolve("main");
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            for (Path pack : files.filter(f -> f.toString().endsWith(".pack")).toList()) {
                pack.toFile().setWritable(true);
                Files.write(pack, new byte[20], StandardOpenOption.TRUNCATE_EXISTING);
            }
        }

        assertThat(paths(source().resolve("main"))).containsExactly("big", "index.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "config", "packed-refs"})
    void makesACacheAnewWithADamagedFile(String name) throws Exception {
        source().resolve("main");
        Path file = onlyClone().resolve(name);
        Files.writeString(file, "\u0000[[[ no such thing");

        assertThat(source().resolve("main").revision().id()).isEqualTo(second);
    }

    @Test
    void severalAtOnceShareOneCache() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Future<Version>> versions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                versions.add(pool.submit(() -> source().resolve("main")));
            }
            for (Future<Version> version : versions) {
                assertThat(paths(version.get())).containsExactly("index.html");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void listsWhatADeploymentBringsNewestFirst() throws Exception {
        String third = sample.file("a", "a").commit("Third");

        assertThat(source().between(first, third, 10).orElseThrow())
                .extracting(Revision::subject)
                .containsExactly("Third", "Second version");
        assertThat(source().between(first, third, 1).orElseThrow()).hasSize(1);
        assertThat(source().between(third, first, 10).orElseThrow()).isEmpty();
    }

    @Test
    void listsTheFilesThatDifferAndCountsThoseItDoesNotList() throws Exception {
        String before =
                sample.file("same", "1").file("changed", "1").file("gone", "1").commit("Before");
        String after = sample.delete("gone")
                .file("changed", "2")
                .file("new/a", "1")
                .file("new/b", "1")
                .commit("After");

        ChangedFiles all = source().changed(before, after, 10).orElseThrow();
        ChangedFiles some = source().changed(before, after, 2).orElseThrow();

        assertThat(all.listed())
                .containsExactly(
                        new ChangedFiles.ChangedFile("changed", ChangedFiles.Kind.CHANGED),
                        new ChangedFiles.ChangedFile("gone", ChangedFiles.Kind.REMOVED),
                        new ChangedFiles.ChangedFile("new/a", ChangedFiles.Kind.ADDED),
                        new ChangedFiles.ChangedFile("new/b", ChangedFiles.Kind.ADDED));
        assertThat(all.count()).isEqualTo(4);
        assertThat(some.listed()).hasSize(2);
        assertThat(some.count()).isEqualTo(4);
        assertThat(source().changed("f".repeat(40), after, 2)).isEmpty();
    }

    @Test
    void cannotListAgainstACommitThatTheRepositoryDoesNotKnow() throws Exception {
        assertThat(source().between("0123456789012345678901234567890123456789", second, 10))
                .isEmpty();
        assertThat(source().between("f".repeat(64), second, 10)).isEmpty();
    }

    @Test
    void neverShowsAPassword() {
        assertThatThrownBy(
                        () -> source("https://deploy:hunter2@127.0.0.1:1/a.git").resolve("main"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("127.0.0.1:1/a.git")
                .hasMessageEndingWith("[source.unreachable]")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> source("nonsense://deploy:hunter2@example.org/a.git"))
                .hasMessageContaining("none that git knows")
                .hasMessageNotContaining("hunter2");
    }

    private GitSource source() throws ProblemException {
        return source(sample.path().toString());
    }

    private GitSource source(String repository) throws ProblemException {
        return new GitSource(GitLocation.of(repository, folder.resolve("cache")));
    }

    private Path onlyClone() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(f -> f.toString().endsWith(".git")).findFirst().orElseThrow();
        }
    }

    private static List<String> paths(Version version) throws IOException {
        try (Content content = version.content().open()) {
            return content.files().stream().map(FileEntry::path).toList();
        }
    }
}
