package io.jenkins.plugins.gateddeploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Made;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Clause QA = Made.clause(1, "@qa");
    private static final Clause OPS = Made.clause(2, "@ops");

    @Test
    void hasTheSameDigestHoweverOftenItIsLookedAt() {
        Plan before = plan("shop", "production", 1, "c1", List.of(QA, OPS), List.of("a", "b"), "r1", "main");
        Plan after = plan("shop", "production", 1, "c1", List.of(OPS, QA, QA), List.of("b", "a", "a"), "r2", "v1");

        assertThat(after.digest()).isEqualTo(before.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void hasAnotherDigestWhenAnythingDiffersToWhichDecisionsBind() {
        List<String> digests = new ArrayList<>();
        digests.add(plan("shop", "production", 1, "c1", List.of(QA), List.of("a"), "r1", "main")
                .digest());
        digests.add(plan("blog", "production", 1, "c1", List.of(QA), List.of("a"), "r1", "main")
                .digest());
        digests.add(plan("shop", "staging", 1, "c1", List.of(QA), List.of("a"), "r1", "main")
                .digest());
        digests.add(plan("shop", "production", 2, "c1", List.of(QA), List.of("a"), "r1", "main")
                .digest());
        digests.add(plan("shop", "production", 1, "c2", List.of(QA), List.of("a"), "r1", "main")
                .digest());
        digests.add(plan("shop", "production", 1, "c1", List.of(OPS), List.of("a"), "r1", "main")
                .digest());
        digests.add(plan("shop", "production", 1, "c1", List.of(QA), List.of("b"), "r1", "main")
                .digest());

        assertThat(new HashSet<>(digests)).hasSameSizeAs(digests);
    }

    @Test
    void isReadFromWhatAVersionWroteThatKnewNoEffects() {
        String json = CanonicalJson.write(plan("shop", "production", 1, "c1", List.of(QA), List.of(), "r1", "main"));
        String older = json.replaceFirst("\"effects\":\\{[^}]*\\},", "");

        assertThat(older).doesNotContain("effects");
        assertThat(CanonicalJson.read(older, Plan.class).effects()).isEqualTo(Effects.unknown());
    }

    @Test
    void keepsTheDigestThatAnOlderVersionMadeOfItWhenNothingIsLeftOut() {
        Plan plan = plan("shop", "production", 1, "c1", List.of(QA), List.of("a"), "r1", "main");

        assertThat(plan.digest()).isEqualTo("148d27f53f424e0d756270f5a292d980d1a86414b0b94079e22d9cf0bc4894d6");
        assertThat(leavingOut(plan, "migrate").digest())
                .isNotEqualTo(plan.digest())
                .isNotEqualTo(leavingOut(plan, "seed").digest());
        assertThat(leavingOut(plan, "a", "b").digest())
                .isEqualTo(leavingOut(plan, "b", "a").digest());
    }

    private static Plan leavingOut(Plan plan, String... tasks) {
        return plan.leavingOut(List.of(tasks));
    }

    @Test
    void isReadFromWhatAVersionWroteThatLeftNothingOut() {
        String json = CanonicalJson.write(plan("shop", "production", 1, "c1", List.of(QA), List.of(), "r1", "main"));
        String older = json.replace("\"skipped\":[],", "");

        assertThat(older).isNotEqualTo(json);
        assertThat(CanonicalJson.read(older, Plan.class).effects()).isEqualTo(Effects.unknown());
    }

    @Test
    void isReadBackAsItWasWritten() {
        Plan plan = leavingOut(
                plan("shop", "production", 1, "c1", List.of(QA, OPS), List.of("a"), "r1", "main"), "migrate");

        Plan read = CanonicalJson.read(CanonicalJson.write(plan), Plan.class);

        assertThat(read).isEqualTo(plan);
        assertThat(read.digest()).isEqualTo(plan.digest());
    }

    @Test
    void listsTheNewestCommitsAndNamesEverybodyOfAllOfThem() {
        List<Commit> many =
                IntStream.rangeClosed(1, 250).mapToObj(PlanTest::commit).toList();

        Commits commits = Commits.of(many, true);

        assertThat(commits.count()).isEqualTo(250);
        assertThat(commits.listed()).isEqualTo(many.subList(0, Commits.MOST_LISTED));
        assertThat(commits.people())
                .hasSize(251)
                .contains(new Person("Author 250", "author250@example.org"), new Person("Bot", "bot@example.org"));
    }

    @Test
    void readsNamesAsGitWritesThem() {
        assertThat(Person.parse("Ada <Lady> Lovelace <ada@example.org>"))
                .isEqualTo(new Person("Ada <Lady> Lovelace", "ada@example.org"));
        assertThat(Person.parse("ada <>")).isEqualTo(new Person("ada", ""));
        assertThat(Person.parse("ada")).isEqualTo(new Person("ada", ""));
    }

    @Test
    void callsTheVersionAsPeopleDo() {
        assertThat(plan("shop", "production", 1, "c1", List.of(), List.of(), "r1", "main")
                        .revision())
                .isEqualTo("main (0000000) \"Change 1\"");
    }

    private static Plan plan(
            String app,
            String environment,
            int commit,
            String configuration,
            List<Clause> rules,
            List<String> problems,
            String current,
            String ref) {
        return new Plan(
                app,
                environment,
                commit(commit),
                ref,
                "",
                configuration,
                problems.stream()
                        .map(id -> Problem.error(id, "It is wrong.", ""))
                        .toList(),
                Forced.nothing(),
                List.of(new Plan.Current("web-1", current, "c0", "")),
                Commits.of(List.of(commit(commit)), true),
                rules,
                Effects.unknown());
    }

    private static Commit commit(int number) {
        return new Commit(
                String.format("%040d", number),
                "Change " + number,
                "Author " + number + " <author" + number + "@example.org>",
                "Bot <bot@example.org>",
                Instant.parse("2026-03-29T12:00:00Z"));
    }
}
