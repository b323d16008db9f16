package io.jenkins.plugins.gateddeploy.checks.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Checks;
import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the commit that is current, in real repositories. */
class CommitMissingCheckTest {
    @TempDir
    private Path directory;

    private Path server;
    private String current;

    @BeforeEach
    void aServer() {
        server = directory.resolve("server.git");
        try (SampleRepository repository = SampleRepository.create(server)) {
            repository.file("version.txt", "1").commit("One");
            current = repository.file("version.txt", "2").commit("Two");
        }
    }

    private CommitMissingCheck check(String url, Set<String> commits) throws Exception {
        GitLocation location = GitLocation.of(url, directory.resolve("cache"));
        return new CommitMissingCheck(
                "production",
                new Current() {
                    @Override
                    public List<Files> versions() {
                        return List.of();
                    }

                    @Override
                    public Set<String> commits() {
                        return commits;
                    }
                },
                new GitSource(location.withWorkspace(directory.resolve("work"))));
    }

    private void rewriteAndCloneAfresh() throws Exception {
        try (Git git = Git.open(server.toFile())) {
            var one = git.getRepository().resolve("refs/heads/main^");
            var update = git.getRepository().updateRef("refs/heads/main");
            update.setNewObjectId(one);
            update.forceUpdate();
        }
        Git.cloneRepository()
                .setURI(server.toUri().toString())
                .setDirectory(directory.resolve("work").toFile())
                .call()
                .close();
    }

    @Test
    void saysThatItIsGoneThoughTheWorkspaceIsFreshAndNothingWasFetched() throws Exception {
        rewriteAndCloneAfresh();
        assertThat(check(server.toUri().toString(), Set.of(current)).find())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.id()).isEqualTo("git.commit-missing");
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.message()).contains(current, "can no longer be reached");
                });
    }

    @Test
    void saysNothingOfACommitThatIsThereNorOfAFolder() throws Exception {
        assertThat(check(server.toUri().toString(), Set.of(current, "0".repeat(64)))
                        .find())
                .isEmpty();
    }

    @Test
    void warnsThatItCannotBeToldWhereTheServerCannotBeAsked() throws Exception {
        assertThat(check(directory.resolve("nowhere.git").toUri().toString(), Set.of(current))
                        .find())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.id()).isEqualTo("git.commit-missing");
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.message())
                            .contains(current, "could not be told")
                            .contains("There is no git repository at");
                    assertThat(problem.mend()).contains("Check the address");
                });
    }

    @Test
    void warnsThatItCannotBeToldWhereThereIsNoBranch() throws Exception {
        Path empty = directory.resolve("empty.git");
        SampleRepository.create(empty).close();
        assertThat(check(empty.toUri().toString(), Set.of(current)).find())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("could not be told: the repository has no branch and no tag");
    }

    @Test
    void aServerThatSaysNothingIsAWarningTooAndStopsNoDeployment() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Check patient = check("git://127.0.0.1:" + silent.getLocalPort() + "/shop.git", Set.of(current));
            Check hurried = new Check() {
                @Override
                public String about() {
                    return patient.about();
                }

                @Override
                public Duration timeout() {
                    return Duration.ofMillis(200);
                }

                @Override
                public Problem late(String time) {
                    return patient.late(time);
                }

                @Override
                public List<Problem> find() throws ProblemException, IOException, InterruptedException {
                    return patient.find();
                }
            };
            try (Checks checks = Checks.start(List.of(hurried))) {
                assertThat(checks.await()).singleElement().satisfies(problem -> {
                    assertThat(problem.id()).isEqualTo("git.commit-missing");
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.message()).contains("could not be told", "200 ms");
                });
            }
        }
    }
}
