package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Going back to what was current before. */
class RollbackTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private static final String TASKS = """
            [tasks]
            build = { run = "echo build $(cat version.txt) >> ../../trail", undo = "echo unbuild $(cat version.txt) >> ../../trail" }
            once = { run = "true", once = true, undo = "echo undo once $(cat version.txt) >> ../../trail" }
            tell = { run = "echo tell $(cat version.txt) >> ../../trail", at = "switched" }
            """;

    private static void back(String to, String expected) throws Exception {
        Result result = world.rollback(world.configuration(""), to);
        assertThat(result.record().state()).as(to + "\n" + world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(result.record().kind()).isEqualTo(Kind.ROLLBACK);
        assertThat(world.everywhere("version.txt")).as(to).containsOnly(expected);
        assertThat(result.record().release()).isEqualTo(world.currentRelease(0));
        world.assertTidy();
    }

    /** A release that was made of a folder is called after its content. */
    private static String label(String release) {
        return release.substring(release.indexOf('-') + 1);
    }

    @Test
    void findsAReleaseByWhateverItIsCalled() throws Exception {
        try (SampleRepository repository =
                SampleRepository.create(directory.resolve("repository-" + world.appName() + ".git"))) {
            String one = repository.file("version.txt", "1").commit("One");
            repository.tag("v1");
            String two = repository.file("version.txt", "2").commit("Two");
            GitSource source =
                    new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache")));
            String first = world.host()
                    .deploy(world.configuration(""), source.resolve("v1"))
                    .record()
                    .release();
            world.host().deploy(world.configuration(""), source.resolve("main"));
            world.succeed("3", "");

            back("previous", "2");
            back("previous", "1");
            back("#3", "3");
            back(first, "1");
            back(two, "2");
            back("v1", "1");
            back(two.substring(0, 8), "2");
            back("#1", "1");
            assertThat(one).isNotEqualTo(two);
        }
    }

    @Test
    void refusesWhatItCannotFindAndLocksNothing() throws Exception {
        world.succeed("1", "");
        String current = world.currentRelease(0);
        Configuration configuration = world.configuration("");

        assertThatThrownBy(() -> world.rollback(configuration, "v9"))
                .hasMessageContaining("No release matches \"v9\"")
                .hasMessageContaining("Deploy a version: there is no other release to go to.");
        assertThatThrownBy(() -> world.rollback(configuration, "previous"))
                .hasMessageContaining("There is nothing to go back to: " + current + " (" + label(current)
                        + ") is current, and no target" + " has another release that was confirmed. Deploy a version");
        assertThatThrownBy(() -> world.rollback(configuration, "#77")).hasMessageContaining("No release matches");
        assertThatThrownBy(() -> world.rollback(configuration, "20200101T000000Z-abcdef0"))
                .hasMessageContaining("20200101T000000Z-abcdef0 is on no target any more");
        assertThatThrownBy(() -> world.rollback(configuration, "$(touch /tmp/x)"))
                .hasMessageContaining("No release matches");
        assertThat(world.last().state()).isEqualTo(State.FAILED);
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();
    }

    @Test
    void previousSkipsWhatSomebodyWentBackFrom() throws Exception {
        world.succeed("0", "");
        world.succeed("1", "");
        world.succeed("bad 2", "");
        back("previous", "1");
        world.succeed("3", "");

        back("previous", "1");
        back("previous", "0");
    }

    @Test
    void previousIsWhatItWasOnceARollbackIsTakenBack() throws Exception {
        world.succeed("0", "");
        world.succeed("1", "");
        String two = world.succeed("2", "").record().release();
        back("previous", "1");
        back(two, "2");

        back("previous", "1");
    }

    @Test
    void previousOfATrialOnOneTargetIsWhatTheOthersStillHave() throws Exception {
        world.succeed("0", "");
        world.succeed("1", "");
        world.file("version.txt", "trial")
                .succeed(world.configuration("", world.fleet().targets().subList(0, 1)));
        assertThat(world.everywhere("version.txt")).containsExactly("trial", "1", "1");

        back("previous", "1");
        back("previous", "0");
    }

    @Test
    void saysWhatThereIsWhenNothingCameBefore() throws Exception {
        Configuration configuration = world.configuration("");
        assertThatThrownBy(() -> world.rollback(configuration, "previous"))
                .hasMessageContaining("There is nothing to go back to: no release is current on any target, and no"
                        + " target has another release that was confirmed. Deploy a version");

        String first = world.succeed("1", "").record().release();
        String second = world.succeed("2", "").record().release();
        back("previous", "1");
        assertThatThrownBy(() -> world.rollback(configuration, "previous"))
                .hasMessageContaining(
                        "There is nothing to go back to: " + first + " (" + label(first) + ") is current, and the other"
                                + " releases came later, or somebody went back from them. Choose one of: " + second
                                + " (" + label(second) + "; somebody went back from it).");
        assertThat(world.deployer().look(configuration).releases())
                .extracting(Environment.Listed::release, Environment.Listed::left, Environment.Listed::previous)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(second, true, false),
                        org.assertj.core.api.Assertions.tuple(first, false, false));
    }

    @Test
    void refusesTheBeginningOfSeveralCommits() {
        About one = about("20260101T000000Z-abcd111", "abcd1" + "1".repeat(35));
        About two = about("20260102T000000Z-abcd222", "abcd2" + "2".repeat(35));
        java.util.SortedMap<String, About> abouts = new java.util.TreeMap<>();
        abouts.put(one.release(), one);
        abouts.put(two.release(), two);
        StringBuilder printed = new StringBuilder("clock 1\n");
        abouts.keySet().forEach(r -> printed.append("release ").append(r).append(" succeeded\n"));
        abouts.values()
                .forEach(a -> printed.append("==> about/")
                        .append(a.release())
                        .append(".json <==\n")
                        .append(io.jenkins.plugins.gateddeploy.config.CanonicalJson.write(a))
                        .append("\n"));
        Releases releases =
                new Releases(java.util.Map.of(world.fleet().targets().get(0), TargetState.parse(printed.toString())));

        assertThatThrownBy(() -> releases.find("abcd"))
                .hasMessageContaining(
                        "\"abcd\" is the beginning of several commits: " + one.commit() + ", " + two.commit());
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        io.jenkins.plugins.gateddeploy.problem.ProblemException.class, () -> releases.find("abc")))
                .hasMessageContaining("No release matches");
    }

    private static About about(String release, String commit) {
        return new About(
                release,
                "shop",
                "production",
                commit,
                "main",
                "",
                "Subject",
                "ada",
                "digest",
                List.of(),
                new java.util.TreeMap<>(),
                List.of(),
                java.util.Optional.empty(),
                List.of());
    }

    @Test
    void fillsInWhatWasPrunedOnOneTargetFromAnother() throws Exception {
        world.file("bin/run me", "#!/bin/sh\n").file("it's\nodd", "odd");
        assertThat(world.app().resolve("bin/run me").toFile().setExecutable(true))
                .isTrue();
        Files.createSymbolicLink(world.app().resolve("link"), Path.of("bin/run me"));
        world.succeed("1", TASKS);
        String first = world.currentRelease(0);
        Files.delete(world.app().resolve("it's\nodd"));
        world.succeed("2", TASKS);
        for (int server : List.of(0, 2)) {
            world.run(server, "rm -r " + world.base() + "/releases/" + first);
        }
        back("previous", "1");

        assertThat(world.everywhere("it's\nodd")).containsOnly("odd");
        assertThat(Files.isExecutable(world.current(0).resolve("bin/run me"))).isTrue();
        assertThat(Files.readSymbolicLink(world.current(2).resolve("link"))).hasToString("bin/run me");
        assertThat(world.log()).contains("is copied from " + world.name(1));
        world.file("version.txt", "3").succeed(world.configuration(""));
        assertThat(world.host().log("")).anyMatch(l -> l.startsWith("Sending ") && l.contains("are there already"));
    }

    @Test
    void refusesWhatIsOnNoTargetAnyMoreBeforeAnythingIsChanged() throws Exception {
        String keep = "[release]\nkeep = 1\n";
        String first = world.succeed("1", keep).record().release();
        world.succeed("2", keep);
        world.succeed("3", keep);
        var before = world.listing(0).keySet();

        assertThatThrownBy(() -> world.rollback(world.configuration(keep), first))
                .hasMessageContaining("Release " + first + " is on no target any more")
                .hasMessageContaining("Choose one of");
        assertThat(world.listing(0).keySet()).isEqualTo(before);
        assertThat(world.everywhere("version.txt")).containsOnly("3");
        world.assertTidy();
    }

    @Test
    void runsOnlyTheSwitchedTasksOfTheOldRelease() throws Exception {
        world.succeed("1", TASKS);
        world.succeed("2", "[tasks]\nother = { run = \"echo other >> ../../trail\", at = \"switched\" }\n");
        back("previous", "1");

        assertThat(world.on(1).resolve("trail")).hasContent("build 1\ntell 1\nother\ntell 1");
    }

    @Test
    void undoTakesBackTheTasksOfTheReleaseThatIsCurrentBeforeTheSwitch() throws Exception {
        world.succeed("1", TASKS);
        world.succeed("2", TASKS);
        Result result = world.deployer().rollback(Host.request(world.configuration(TASKS)), "previous", true);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(world.on(0).resolve("trail"))
                .hasContent("build 1\ntell 1\nbuild 2\ntell 2\nundo once 2\nunbuild 2\ntell 1");
        assertThat(world.on(1).resolve("trail")).hasContent("build 1\ntell 1\nbuild 2\ntell 2\nunbuild 2\ntell 1");
    }

    @Test
    void oneThatFailsReturnsToTheNewerReleaseAndKeepsBoth() throws Exception {
        world.succeed("1", "");
        world.succeed("2", "");
        Result result = world.rollback(
                world.configuration("[health]\nrun = \"test $(cat version.txt) = 2\"\nretries = 0\n"), "previous");

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(world.everywhere("version.txt")).containsOnly("2");
        assertThat(world.releases(0)).hasSize(2);
        world.assertTidy();
        back("previous", "1");
    }

    @Test
    void oneWhoseFillingInBreaksOffLeavesNothingHalfDone() throws Exception {
        world.succeed("1", "");
        String first = world.currentRelease(0);
        world.succeed("2", "");
        world.run(0, "rm -r " + world.base() + "/releases/" + first);
        world.meddling().at("unpack", (commands, real) -> {
            var outcomes = real.run(commands);
            world.server(0).cutConnections();
            var lost = new java.util.LinkedHashMap<>(outcomes);
            lost.put(
                    world.fleet().targets().get(0),
                    new io.jenkins.plugins.gateddeploy.target.Outcome.Unreached(
                            io.jenkins.plugins.gateddeploy.target.Outcome.Reason.LOST, "The connection broke.", ""));
            return lost;
        });
        Result result = world.rollback(world.configuration(""), "previous");

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(world.everywhere("version.txt")).containsOnly("2");
        world.assertTidy();
        back("previous", "1");
    }
}
