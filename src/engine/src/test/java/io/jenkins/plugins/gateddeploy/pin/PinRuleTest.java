package io.jenkins.plugins.gateddeploy.pin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may come by itself after people went back, with a real repository and a real history. */
class PinRuleTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    @TempDir
    private Path directory;

    private HistoryDatabase history;
    private SampleRepository repository;
    private PinRule rule;
    private String old;
    private String bad;
    private String newer;

    @BeforeEach
    void begin() throws Exception {
        history = new HistoryDatabase(directory.resolve("history"), HistoryDatabase.Settings.exclusive("test"));
        repository = SampleRepository.create(directory.resolve("repository.git"));
        old = repository.file("version.txt", "1").commit("One");
        bad = repository.file("version.txt", "2").commit("Two");
        newer = repository.file("version.txt", "3").commit("Three");
        GitSource git = new GitSource(GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache")));
        rule = new PinRule(history.pins(), Ancestry.of(git));
        history.pins().add(pin(bad));
    }

    @AfterEach
    void end() {
        repository.close();
        history.close();
    }

    private static Pin pin(String commit) {
        return new Pin(
                "pin-" + commit,
                "shop",
                "production",
                commit,
                "20260329T110000Z-" + commit.substring(0, 7),
                "d1",
                "alice",
                NOON,
                Optional.empty());
    }

    private Optional<String> refusal(String environment, String commit, Starter.Kind kind) throws Exception {
        Starter starter = new Starter(kind, new Actor("(x)", "X", Set.of()), true);
        return rule.refusal("shop", environment, commit, starter).map(Problem::oneLine);
    }

    @ParameterizedTest
    @EnumSource(
            value = Starter.Kind.class,
            names = {"TIMER", "SCM", "OTHER"})
    void nothingThatStartsByItselfPutsBackWhatWasTakenBackOrIsOlder(Starter.Kind kind) throws Exception {
        assertThat(refusal("production", bad, kind).orElseThrow())
                .contains(bad.substring(0, 7) + " was taken back by alice at 2026-03-29T12:00:00Z")
                .contains("lift the pin: on the environment's page, or in a home of the command line by gated-deploy"
                        + " unpin production.")
                .endsWith("[pin.taken-back]");
        assertThat(refusal("production", old, kind).orElseThrow())
                .contains(old.substring(0, 7) + " is older than one that was taken back");
        assertThat(refusal("production", newer, kind)).isEmpty();
        assertThat(refusal("staging", bad, kind)).isEmpty();
    }

    @Test
    void aPersonMayPutItBack() throws Exception {
        assertThat(refusal("production", bad, Starter.Kind.PERSON)).isEmpty();
        assertThat(rule.holding("shop", "production", bad)).isPresent();
    }

    @Test
    void itMayComeAgainOnceAPersonLiftedThePin() throws Exception {
        Pin.Lifted how = new Pin.Lifted("bob", NOON.plusSeconds(60), "mended by hand");
        assertThat(history.pins().lift("pin-" + bad, how)).isTrue();
        assertThat(history.pins().lift("pin-" + bad, how)).isFalse();

        assertThat(refusal("production", bad, Starter.Kind.SCM)).isEmpty();
        assertThat(history.pins().all("shop", "production"))
                .singleElement()
                .satisfies(pin -> assertThat(pin.lifted()).hasValue(how));
        assertThat(history.audit().entries())
                .extracting("what", "who")
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("PINNED", "alice"),
                        org.assertj.core.api.Assertions.tuple("UNPINNED", "bob"));
        assertThat(history.audit().faults()).isEmpty();
    }

    @Test
    void ofSomeOnlyThoseThatStandAreLiftedAtOnce() throws Exception {
        history.pins().add(pin(newer));
        Pin.Lifted how = new Pin.Lifted("bob", NOON.plusSeconds(60), "mended by hand");
        history.pins().lift("pin-" + bad, how);

        assertThat(history.pins().liftAll(List.of("pin-" + bad, "unknown", "pin-" + newer), how))
                .extracting(Pin::commit)
                .containsExactly(newer);
        assertThat(history.pins().liftAll(List.of(), how)).isEmpty();
        assertThat(history.pins().standing("shop", "production")).isEmpty();
    }

    @Test
    void allOfAnEnvironmentAreLiftedAtOnce() throws Exception {
        history.pins().add(pin(newer));
        Pin.Lifted how = new Pin.Lifted("bob", NOON.plusSeconds(60), "mended by hand");

        assertThat(history.pins().liftAll("shop", "staging", how)).isEmpty();
        assertThat(history.pins().liftAll("shop", "production", how))
                .extracting(Pin::commit)
                .containsExactly(newer, bad);
        assertThat(history.pins().liftAll("shop", "production", how)).isEmpty();

        assertThat(history.pins().all("shop", "production"))
                .allSatisfy(pin -> assertThat(pin.lifted()).hasValue(how));
        assertThat(history.audit().entries())
                .extracting("what")
                .containsExactly("PINNED", "PINNED", "UNPINNED", "UNPINNED");
    }

    @Test
    void standsOnceForACommitHoweverOftenItIsTakenBack() {
        history.pins()
                .add(new Pin(
                        "another",
                        "shop",
                        "production",
                        bad,
                        "r",
                        "d2",
                        "carol",
                        NOON.plusSeconds(1),
                        Optional.empty()));
        assertThat(history.pins().standing("shop", "production"))
                .extracting(Pin::who)
                .containsExactly("alice");
    }

    @Test
    void aCommitThatARewrittenHistoryNoLongerHasHoldsOnlyItself() throws Exception {
        String gone = "0123456789".repeat(4);
        history.pins().add(pin(gone));
        history.pins().lift("pin-" + bad, new Pin.Lifted("bob", NOON, ""));

        assertThat(refusal("production", gone, Starter.Kind.TIMER)).isPresent();
        assertThat(refusal("production", old, Starter.Kind.TIMER)).isEmpty();
    }
}
