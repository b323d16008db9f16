package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Targets that fetch a commit from git themselves. */
class PullTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    private SampleRepository repository() {
        RealPrograms.require("git");
        return SampleRepository.create(directory.resolve("it's a repository " + world.appName() + ".git"));
    }

    private static Configuration pulling(String url) throws Exception {
        return world.configuration("[source]\nrepository = \"" + url
                + "\"\nmode = \"pull\"\n[release]\nkeep = 1\nshared = [\"storage/\"]\n"
                + "[tasks]\nmake = \"cat index.html > made\"\n");
    }

    private static String url(SampleRepository repository) {
        return repository.path().toUri().toString().replaceAll("/$", "");
    }

    private static Result deploy(SampleRepository repository, Configuration configuration, String ref)
            throws Exception {
        GitSource source = new GitSource(GitLocation.of(url(repository), directory.resolve("cache")));
        return world.host().deploy(configuration, source.resolve(ref));
    }

    @Test
    void extractACommitAndTheNextOneAndGoBack() throws Exception {
        try (SampleRepository repository = repository()) {
            repository
                    .file("index.html", "one")
                    .executable("bin/run", "#!/bin/sh\n")
                    .link("link", "bin/run")
                    .file("it's ünï\nodd", "odd")
                    .file("empty", "")
                    .file("tests/big.txt", "not for servers")
                    .file("storage/seed", "seed")
                    .file(".gitattributes", "tests export-ignore\n.gitattributes export-ignore\n")
                    .commit("First");
            repository.tag("v1");
            String second = repository.file("index.html", "two").commit("Second");
            Configuration configuration = pulling(url(repository));

            Result first = deploy(repository, configuration, "v1");
            assertThat(first.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
            assertThat(first.record().tag()).isEqualTo("v1");
            assertThat(world.everywhere("made")).containsOnly("one");
            assertThat(world.everywhere("it's ünï\nodd")).containsOnly("odd");
            assertThat(Files.isExecutable(world.current(0).resolve("bin/run"))).isTrue();
            assertThat(Files.readSymbolicLink(world.current(0).resolve("link"))).hasToString("bin/run");
            assertThat(world.current(0).resolve("empty")).isEmptyFile();
            assertThat(world.current(0).resolve("tests")).doesNotExist();
            assertThat(world.current(0).resolve("storage/seed")).hasContent("seed");
            assertThat(Files.isSymbolicLink(world.current(0).resolve("storage")))
                    .isTrue();

            Result next = deploy(repository, configuration, "main");
            assertThat(next.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
            assertThat(next.record().commit()).isEqualTo(second);
            assertThat(world.everywhere("made")).containsOnly("two");
            Result back = world.rollback(configuration, "v1");
            assertThat(back.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
            assertThat(world.everywhere("made")).containsOnly("one");
            world.assertTidy();
        }
    }

    @Test
    void findACommitThatAForcedPushHasTakenOffItsBranch() throws Exception {
        try (SampleRepository repository = repository()) {
            String first = repository.file("index.html", "one").commit("First");
            repository.file("index.html", "two").commit("Second");
            Configuration configuration = pulling(url(repository));
            deploy(repository, configuration, "main");
            repository.reset(first).file("index.html", "another").commit("Another");

            assertThat(deploy(repository, configuration, "main").record().state())
                    .as(world.log())
                    .isEqualTo(State.SUCCEEDED);
            assertThat(world.everywhere("made")).containsOnly("another");
        }
    }

    @Test
    void sayThatTheyCannotReadTheRepository() throws Exception {
        try (SampleRepository repository = repository()) {
            repository.file("index.html", "one").commit("First");
            Configuration elsewhere = pulling("file:///nowhere/at/all.git");
            assertThatThrownBy(() -> deploy(repository, elsewhere, "main"))
                    .hasMessageContaining("It cannot read file:///nowhere/at/all.git")
                    .hasMessageContaining("[target.git]");
            GitSource source = new GitSource(GitLocation.of(url(repository), directory.resolve("cache")));
            Result result = world.deployer()
                    .deploy(
                            Host.request(elsewhere)
                                    .with(Host.forcing(new Forcing(Set.of("target.git"), "It is to fail"))),
                            source.resolve("main"));

            assertThat(result.record().state()).isEqualTo(State.FAILED);
            assertThat(result.record().message())
                    .contains("cannot fetch from file:///nowhere/at/all.git", "read access of its own in pull mode");
            assertThat(result.record().targets())
                    .hasSize(2)
                    .allMatch(t -> t.message().contains("cannot fetch"));
            world.assertTidy();
            assertThat(world.releases(0)).isEmpty();
        }
    }

    @Test
    void sayThatTheRepositoryLacksTheCommit() throws Exception {
        try (SampleRepository repository = repository();
                SampleRepository other = SampleRepository.create(directory.resolve("other " + world.appName()))) {
            repository.file("index.html", "one").commit("First");
            other.file("index.html", "other").commit("Other");
            Result result = deploy(repository, pulling(url(other)), "main");

            assertThat(result.record().state()).isEqualTo(State.FAILED);
            assertThat(result.record().message())
                    .contains("has no commit " + result.record().commit());
            world.assertTidy();
        }
    }

    @Test
    void useAMirrorThatWasCutOffInTheMaking() throws Exception {
        try (SampleRepository repository = repository()) {
            repository.file("index.html", "one").commit("First");
            Files.createDirectories(world.on(0).resolve("repo/objects"));
            Files.createDirectories(world.on(1).resolve("repo"));
            assertThat(deploy(repository, pulling(url(repository)), "main")
                            .record()
                            .state())
                    .as(world.log())
                    .isEqualTo(State.SUCCEEDED);
            assertThat(world.everywhere("made")).isEqualTo(List.of("one", "one"));
        }
    }
}
