package io.jenkins.plugins.gateddeploy.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.checks.CurrentReleases.Standing;
import io.jenkins.plugins.gateddeploy.fixture.LocalTargets;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is current, in a real repository and in a real directory as a target has it. */
class CurrentReleasesTest {
    private static final Target ONE = new Target("deploy", "web-1", 22, Set.of(), List.of());
    private static final Target TWO = new Target("deploy", "web-2", 22, Set.of(), List.of());

    @TempDir
    Path disk;

    private SampleRepository repository;
    private String commit;
    private GitSource source;

    @BeforeEach
    void begin() throws Exception {
        repository = SampleRepository.create(disk.resolve("repository"));
        commit = repository.file("model.json", "of git").commit("First");
        source = new GitSource(GitLocation.of(repository.path().toString(), disk.resolve("cache")));
        Path release = java.nio.file.Files.createDirectories(disk.resolve("site/releases/r1/db"));
        java.nio.file.Files.writeString(release.resolveSibling("model.json"), "of the target");
        java.nio.file.Files.writeString(release.resolve("a b'\n.sql"), "select 1");
        java.nio.file.Files.createSymbolicLink(release.resolveSibling("link.json"), Path.of("model.json"));
        java.nio.file.Files.createSymbolicLink(disk.resolve("site/current"), Path.of("releases/r1"));
    }

    @AfterEach
    void end() {
        repository.close();
    }

    private CurrentReleases current(Standing... standings) {
        return current(() -> List.of(standings));
    }

    private CurrentReleases current(CurrentReleases.Look look) {
        Remote remote = new TargetsRemote(List.of(ONE, TWO), new LocalTargets(List.of("sh")));
        return new CurrentReleases(
                look, Optional.of(source), remote, disk.resolve("site").toString());
    }

    private static String read(Files files, String path) throws Exception {
        return new String(files.read(path).orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    void areEachVersionOnceAndFromGitWhereItHasTheCommit() throws Exception {
        String second = repository.file("model.json", "of git, later").commit("Second");

        assertThat(current(new Standing(ONE, "r1", commit), new Standing(TWO, "r2", commit))
                        .versions())
                .singleElement()
                .satisfies(files -> assertThat(read(files, "model.json")).isEqualTo("of git"));
        assertThat(current(new Standing(ONE, "r1", commit), new Standing(TWO, "r2", second))
                        .versions())
                .extracting(files -> read(files, "model.json"))
                .containsExactly("of git", "of git, later");
    }

    @Test
    void areNoneBeforeTheFirstDeployment() throws Exception {
        assertThat(current(new Standing(ONE, "", ""), new Standing(TWO, "", "")).versions())
                .isEmpty();
    }

    @Test
    void areReadOnATargetWhereGitHasNoSuchCommit() throws Exception {
        for (String unknown : List.of("", "0".repeat(40), "a folder's digest")) {
            Files files = current(new Standing(ONE, "r1", unknown)).versions().get(0);

            assertThat(files.version()).isEqualTo("release r1 on " + ONE.name());
            assertThat(read(files, "model.json")).isEqualTo("of the target");
            assertThat(files.read("no-such.json")).isEmpty();
            assertThat(files.paths()).containsExactly("db/a b'\n.sql", "model.json");
            assertThat(read(files, "db/a b'\n.sql")).isEqualTo("select 1");
        }
    }

    @Test
    void followNoLinksAndReadNoReleaseThatCameMeanwhile() throws Exception {
        Files files = current(new Standing(ONE, "r1", "")).versions().get(0);
        assertThatThrownBy(() -> files.read("link.json"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("links are not followed");

        Files before = current(new Standing(ONE, "r0", "")).versions().get(0);
        assertThatThrownBy(() -> before.read("model.json"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is not current any more");
    }

    @Test
    void areLookedForOnceAndNotAtAllWhereThatFails() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        CurrentReleases once = current(() -> {
            looks.incrementAndGet();
            return List.of(new Standing(ONE, "r1", commit));
        });
        assertThat(once.versions()).isEqualTo(once.versions());
        assertThat(looks).hasValue(1);

        CurrentReleases never = current(() -> {
            throw new ProblemException(Checks.FAILED, "what is current cannot be told", "Mend the targets first.");
        });
        assertThatThrownBy(never::versions).isInstanceOf(ProblemException.class);
    }
}
