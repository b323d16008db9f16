package io.jenkins.plugins.gateddeploy.checks.development;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.checks.Development.Result;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build, uncommitted changes and the branch. */
class WorkspaceChecksTest {
    @TempDir
    Path folder;

    @Test
    void findsThatTheBuildIsNotWell() {
        assertThat(new BuildCheck(Development.unknown()).find()).isEmpty();
        assertThat(new BuildCheck(built(Result.SUCCESS)).find()).isEmpty();
        assertThat(new BuildCheck(built(Result.UNSTABLE)).find())
                .singleElement()
                .matches(problem -> problem.id().equals("problem.build"))
                .matches(problem -> problem.severity() == Severity.ERROR);
        assertThat(new BuildCheck(built(Result.FAILURE)).find())
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("A part of the build failed.");
    }

    @Test
    void warnsOfUncommittedChangesUnlessTheyAreForbidden() throws Exception {
        Development dirty = workspace(List.of("a", "b", "c", "d", "e", "f"));

        assertThat(new UncommittedCheck(false, dirty).find())
                .singleElement()
                .matches(problem -> problem.severity() == Severity.WARNING)
                .extracting(Problem::message)
                .isEqualTo("The workspace has changes that are in no commit: a, b, c, d, e and more.");
        assertThat(new UncommittedCheck(true, dirty).find())
                .singleElement()
                .matches(problem -> problem.severity() == Severity.ERROR);
        assertThat(new UncommittedCheck(true, workspace(List.of())).find()).isEmpty();
        assertThat(new UncommittedCheck(false, Development.unknown()).find()).isEmpty();
        assertThat(new UncommittedCheck(true, Development.unknown()).find())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("there is no workspace of git");
    }

    @Test
    void findsThatACommitIsOnAnotherBranch() throws Exception {
        try (SampleRepository sample = SampleRepository.create(folder.resolve("sample.git"))) {
            String first = sample.file("a", "1").commit("First");
            String topic = sample.branch("topic").file("a", "2").commit("Topic");

            assertThat(check("main", first, sample).find()).isEmpty();
            assertThat(check("main", topic, sample).find())
                    .extracting(Problem::oneLine)
                    .containsExactly(
                            "The commit " + topic.substring(0, 7) + " is not on the branch main. Merge it into main and"
                                    + " push that, or deploy a commit that is on it. [problem.branch]");
            assertThatThrownBy(() -> check("mian", first, sample).find()).hasMessageContaining("\"mian\"");
        }
    }

    @Test
    void saysWhenTheBranchCannotBeLookedUp() throws Exception {
        String commit = "0123456789012345678901234567890123456789";

        assertThatThrownBy(() -> new BranchCheck(Optional.empty(), revision(commit), Optional.empty()).find())
                .hasMessageContaining("no branch is named");
        assertThatThrownBy(() -> new BranchCheck(Optional.of("main"), revision(commit), Optional.empty()).find())
                .hasMessageContaining("there is no repository");
        assertThat(new BranchCheck(Optional.of("main"), revision(commit + commit.substring(16)), Optional.empty())
                        .find())
                .extracting(Problem::id)
                .containsExactly("problem.branch");
    }

    private BranchCheck check(String branch, String commit, SampleRepository sample) throws Exception {
        GitLocation location = GitLocation.of(sample.path().toString(), folder.resolve("cache"));
        return new BranchCheck(Optional.of(branch), revision(commit), Optional.of(new GitSource(location)));
    }

    private static Revision revision(String id) {
        return new Revision(id, "v1", null, "", "", "", "", Instant.EPOCH);
    }

    private static Development built(Result result) {
        return new GivenDevelopment(Optional.of(result), Map.of(), Optional.empty());
    }

    private static Development workspace(List<String> changed) {
        return new GivenDevelopment(Optional.empty(), Map.of(), Optional.of(changed));
    }
}
