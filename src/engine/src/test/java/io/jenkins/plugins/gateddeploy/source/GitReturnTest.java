package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches that take commits back, and commits that a rewritten history has lost, in a real bare repository. */
class GitReturnTest {
    private static final ReturnBranch BRANCH = new ReturnBranch(
            "return-to-v1", "Return to v1\n", "Alice", "alice@example.org", Instant.parse("2026-03-29T12:00:00Z"));

    @TempDir
    private Path directory;

    private SampleRepository repository;
    private GitSource git;
    private String good;
    private String bad;

    @BeforeEach
    void begin() throws Exception {
        repository = SampleRepository.create(directory.resolve("repository.git"));
        good = repository.file("version.txt", "1").file("kept.txt", "k").commit("One");
        repository.file("version.txt", "1.5").commit("One and a half");
        bad = repository.file("version.txt", "2").file("new.txt", "n").commit("Two");
        git = new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache")));
    }

    @AfterEach
    void end() {
        repository.close();
    }

    private ObjectId onServer(String branch) throws Exception {
        var ref = repository.repository().exactRef("refs/heads/" + branch);
        return ref == null ? null : ref.getObjectId();
    }

    @Test
    void pushesOneCommitThatFollowsWhatIsCurrentAndHasTheFilesOfWhatIsGoneBackTo() throws Exception {
        String made = git.returning(bad, good, BRANCH, true);

        assertThat(onServer("return-to-v1").name()).isEqualTo(made);
        try (RevWalk walk = new RevWalk(repository.repository())) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(made));
            assertThat(commit.getParentCount()).isEqualTo(1);
            assertThat(commit.getParent(0).name()).isEqualTo(bad);
            assertThat(commit.getTree())
                    .isEqualTo(walk.parseCommit(ObjectId.fromString(good)).getTree());
            assertThat(commit.getAuthorIdent().getEmailAddress()).isEqualTo("alice@example.org");
            assertThat(commit.getShortMessage()).isEqualTo("Return to v1");
        }
    }

    @Test
    void pushesNothingUnlessAsked() throws Exception {
        git.returning(bad, good, BRANCH, false);
        assertThat(onServer("return-to-v1")).isNull();
    }

    @Test
    void isMadeInTheWorkspaceWhereThereIsOneAndPushedFromThereLater() throws Exception {
        try (SampleRepository work = SampleRepository.create(directory.resolve("work/.git"))) {
            // The same files, the same person and time: the same commits.
            String one = work.file("version.txt", "1").file("kept.txt", "k").commit("One");
            String two = work.file("version.txt", "2").commit("Two");
            GitSource local =
                    new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache"))
                            .withWorkspace(directory.resolve("work")));
            assertThat(local.isAtHand(one, two)).isTrue();
            String made = local.returning(two, one, BRANCH, false);
            assertThat(work.repository()
                            .exactRef("refs/heads/return-to-v1")
                            .getObjectId()
                            .name())
                    .isEqualTo(made);
            assertThat(local.returning(two, one, BRANCH, true)).isEqualTo(made);
            assertThat(onServer("return-to-v1").name()).isEqualTo(made);
        }
    }

    @Test
    void refusesABranchThatIsAnotherOne() throws Exception {
        repository.branch("return-to-v1").file("other.txt", "o").commit("Other");
        assertThatThrownBy(() -> git.returning(bad, good, BRANCH, true))
                .hasMessageContaining("return-to-v1")
                .hasMessageMatching("(?s).*\\[revert\\.(branch|push)].*");
    }

    @Test
    void refusesWhereThereIsNothingToTakeBack() {
        assertThatThrownBy(() -> git.returning(bad, bad, BRANCH, true)).hasMessageContaining("have the same files");
    }

    @Test
    void findsACommitThatAForcedPushHasLostThoughTheCloneHereStillHasIt() throws Exception {
        assertThat(git.isReachable(good)).as("before there is a clone").hasValue(true);
        assertThat(git.isReachable(bad)).hasValue(true);
        assertThat(git.isReachable(good)).hasValue(true);

        repository.reset(good).file("version.txt", "3").commit("Rewritten");

        assertThat(git.isReachable(bad)).hasValue(false);
        assertThat(git.isReachable(good)).hasValue(true);
        repository.tag("unrelated");
        assertThat(git.isReachable(bad)).hasValue(false);
    }

    /** A clone without a checkout, as a build makes one: of all branches, or of one, with all its history or little of it. */
    private GitSource withFreshWorkspace(String name, UnaryOperator<CloneCommand> how) throws Exception {
        Path work = directory.resolve(name);
        how.apply(Git.cloneRepository()
                        .setURI(repository.path().toUri().toString())
                        .setDirectory(work.toFile())
                        .setNoCheckout(true))
                .call()
                .close();
        return new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache-" + name))
                .withWorkspace(work));
    }

    @Test
    void findsACommitThatAForcedPushHasLostBeforeTheWorkspaceWasCloned() throws Exception {
        repository.branch("other").file("other.txt", "o").commit("Other");
        repository.branch("main").reset(good);
        String main = repository.file("version.txt", "3").commit("Rewritten");
        repository.branch("other").reset(good);

        GitSource whole = withFreshWorkspace("whole", clone -> clone.setCloneAllBranches(true));
        assertThat(whole.resolve(main).revision().id()).isEqualTo(main);
        assertThat(whole.isReachable(bad)).hasValue(false);
        assertThat(whole.isReachable(good)).hasValue(true);
        assertThat(directory.resolve("cache-whole"))
                .as("no clone is made when the workspace knows all")
                .satisfies(cache -> {
                    try (var files = Files.walk(cache)) {
                        assertThat(files).noneMatch(f -> f.toString().endsWith(".pack"));
                    }
                });
    }

    @Test
    void aWorkspaceThatHasOneBranchOrLittleHistoryDoesNotSayThatACommitIsGone() throws Exception {
        repository.branch("other").file("other.txt", "o").commit("Other");
        repository.branch("main").reset(good);
        String main = repository.file("version.txt", "3").commit("Rewritten");

        GitSource single = withFreshWorkspace("single", clone -> clone.setBranchesToClone(List.of("refs/heads/main")));
        GitSource shallow = withFreshWorkspace("shallow", clone -> clone.setDepth(1));
        for (GitSource git : List.of(single, shallow)) {
            assertThat(git.isReachable(main)).hasValue(true);
            assertThat(git.isReachable(good)).hasValue(true);
            assertThat(git.isReachable(bad)).as("the other branch has it").hasValue(true);
        }
        repository.branch("other").reset(good);
        for (GitSource git : List.of(single, shallow)) {
            assertThat(git.isReachable(bad)).hasValue(false);
        }
    }

    @Test
    void asksTheBranchesOfTheServerInAWorkspaceThatIsTheRepositoryItself() throws Exception {
        Path work = directory.resolve("itself");
        try (Git clone = Git.cloneRepository()
                .setURI(repository.path().toUri().toString())
                .setDirectory(work.toFile())
                .call()) {
            clone.checkout().setName(good).call();
            clone.branchDelete().setBranchNames("main").setForce(true).call();
        }
        GitSource git = new GitSource(
                GitLocation.of(work.toString(), directory.resolve("cache")).withWorkspace(work));
        assertThat(git.isReachable(bad)).hasValue(true);
    }

    @Test
    void aRepositoryWithoutAnyBranchTellsNothing() throws Exception {
        try (SampleRepository empty = SampleRepository.create(directory.resolve("empty.git"))) {
            GitSource git = new GitSource(GitLocation.of(empty.path().toUri().toString(), directory.resolve("cache")));
            assertThat(git.isReachable(good)).isEmpty();
        }
    }

    @Test
    void aTagAloneKeepsACommit() throws Exception {
        repository.annotatedTag("v2", "Two");
        repository.reset(good);
        assertThat(git.isReachable(bad)).hasValue(true);
    }
}
