package io.jenkins.plugins.gateddeploy.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.gateddeploy.fixture.Draft;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which job asked for what, what is current for it, and where one may go back to. */
class JobsTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
    private static final Owner US = new Owner("host-a", 100, 7);

    @TempDir
    Path home;

    private HistoryDatabase history;
    private int minutes;

    @BeforeEach
    void open() {
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void keepsWhichBuildAskedForADeployment() {
        Origin origin = new Origin("shop/main", 42, "shop » main #42");
        DeploymentRecord record = history.begin(asked("production", origin), US, NOON);

        assertThat(record.origin()).isEqualTo(origin);
        assertThat(record.passed()).isEqualTo(Passed.none());
        assertThat(history.find(record.id())).contains(record);
    }

    @Test
    void findsDeploymentsOfAJobOfItsChildrenAndOfABuild() {
        DeploymentRecord parent = begin("production", "shop", 1);
        DeploymentRecord branch = begin("production", "shop/main", 1);
        DeploymentRecord second = begin("production", "shop/main", 2);
        begin("production", "shopping/main", 1);
        begin("production", "sho_/main", 1);

        assertThat(ids(new Filter.Job("shop", false, 0))).containsExactly(parent.id());
        assertThat(ids(new Filter.Job("shop", true, 0))).containsExactly(second.id(), branch.id(), parent.id());
        assertThat(ids(new Filter.Job("shop/main", false, 2))).containsExactly(second.id());
        assertThat(ids(new Filter.Job("sh%", true, 0))).isEmpty();
    }

    @Test
    void knowsWhichJobsHaveAskedForWhatOnce() {
        begin("production", "shop", 1);
        begin("production", "shop", 2);
        begin("staging", "shop", 3);
        begin("production", "other", 1);

        assertThat(history.sites())
                .extracting(History.Site::environment, History.Site::job)
                .containsExactly(tuple("production", "other"), tuple("production", "shop"), tuple("staging", "shop"));
    }

    @Test
    void followsAJobAndWhatIsBelowItToAnotherName() {
        begin("production", "old/shop", 1);
        DeploymentRecord branch = begin("production", "old/shop/main", 3);
        begin("production", "old/shopping", 1);

        history.moved("old/shop", "new/folder/store");

        assertThat(history.find(branch.id()).orElseThrow().origin().job()).isEqualTo("new/folder/store/main");
        assertThat(ids(new Filter.Job("new/folder/store", true, 0))).hasSize(2);
        assertThat(ids(new Filter.Job("old/shopping", false, 0))).hasSize(1);
        assertThat(ids(new Filter.Job("old/shop", true, 0))).isEmpty();
        assertThatThrownBy(() -> history.moved("", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void offersEachReleaseOnceWhereOneMayGoBackTo() {
        succeeded("production", "shop", 1, "r1");
        DeploymentRecord second = succeeded("production", "shop", 2, "r2");
        ended("production", "shop", 3, "r3", State.ROLLED_BACK);
        DeploymentRecord again = succeeded("production", "shop", 4, "r1");
        succeeded("staging", "shop", 5, "r5");

        assertThat(history.successes("shop", "production", 10))
                .extracting(DeploymentRecord::id)
                .containsExactly(again.id(), second.id());
        assertThat(history.successes("shop", "production", 1))
                .extracting(DeploymentRecord::release)
                .containsExactly("r1");
        assertThatThrownBy(() -> history.successes("shop", "production", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesForCurrentWhatEndedLastEvenIfItBeganFirst() {
        DeploymentRecord waited = begin("production", "shop", 1);
        succeeded("production", "shop", 2, "r2");
        end(waited, "r1", State.SUCCEEDED);

        assertThat(history.current(new Filter.Job("shop", false, 0)))
                .extracting(DeploymentRecord::release)
                .containsExactly("r1");
        assertThat(history.successes("shop", "production", 10))
                .extracting(DeploymentRecord::release)
                .containsExactly("r1", "r2");
    }

    @Test
    void tellsWhatIsCurrentInEachEnvironmentOfAJobWhoeverDeployedIt() {
        succeeded("production", "shop/main", 1, "r1");
        succeeded("staging", "shop/main", 2, "r2");
        ended("staging", "shop/main", 3, "r3", State.FAILED);
        succeeded("production", "other", 1, "r4");
        succeeded("testing", "other", 2, "r5");

        assertThat(history.current(new Filter.Job("shop", true, 0)))
                .extracting(DeploymentRecord::environment, DeploymentRecord::release)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("production", "r4"),
                        org.assertj.core.groups.Tuple.tuple("staging", "r2"));
        assertThat(history.current(new Filter.Job("shop", false, 0))).isEmpty();
    }

    @Test
    void listsEveryDeploymentThatHasNotEnded() {
        DeploymentRecord one = begin("production", "shop", 1);
        DeploymentRecord two = begin("staging", "", 0);
        succeeded("production", "shop", 2, "r2");

        assertThat(history.unfinished()).extracting(DeploymentRecord::id).containsExactly(one.id(), two.id());
    }

    @Test
    void letsOneOfTwoGoOnWithADeploymentThatWaits() {
        DeploymentRecord record = begin("production", "shop", 1);
        Event event = new Event(record.id(), NOON, State.CHECKING, "");

        assertThat(history.advance(event, EnumSet.of(State.QUEUED, State.HELD))).isTrue();
        assertThat(history.advance(event, EnumSet.of(State.QUEUED, State.HELD))).isFalse();
        assertThat(history.events(record.id())).hasSize(2);
    }

    @Test
    void refusesAnotherOriginInAnUpdate() {
        DeploymentRecord record = begin("production", "shop", 1);

        assertThatThrownBy(() -> history.update(record.id(), r -> with(r, new Origin("x", 1, ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("origin");
    }

    @Test
    void takesOverWhatAnOlderVersionHasWritten() throws Exception {
        history.close();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + home.resolve("history"));
        source.setUser("sa");
        source.setPassword("");
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:io/jenkins/plugins/gateddeploy/history")
                .target("1")
                .loggers("slf4j")
                .load()
                .migrate();
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("insert into deployment (id, app, environment, kind, sequence_number, release_id,"
                    + " commit_id, reference, tag, subject, author, actor, owner_host, owner_pid, owner_start, started,"
                    + " state, message, log_file) values ('d1', 'shop', 'production', 'DEPLOY', 1, 'r1', 'c1', 'main',"
                    + " '', '', '', 'alice', 'h', 1, 1, timestamp with time zone '2026-03-29 12:00:00+00', 'HELD', '',"
                    + " '')");
        }

        open();

        DeploymentRecord record = history.find("d1").orElseThrow();
        assertThat(record.origin()).isEqualTo(Origin.none());
        assertThat(record.passed()).isEqualTo(Passed.none());
        assertThat(history.gates().find("none")).isEmpty();
        assertThat(begin("production", "shop", 1).number()).isEqualTo(2);
    }

    private List<String> ids(Filter.Job job) {
        return history.list(Filter.of(job, 100)).stream()
                .map(DeploymentRecord::id)
                .toList();
    }

    private static Asked asked(String environment, Origin origin) {
        return new Asked("shop", environment, Kind.DEPLOY, "main", "alice", origin);
    }

    private DeploymentRecord begin(String environment, String job, int build) {
        return history.begin(asked(environment, new Origin(job, build, job + " #" + build)), US, NOON);
    }

    private DeploymentRecord succeeded(String environment, String job, int build, String release) {
        return ended(environment, job, build, release, State.SUCCEEDED);
    }

    private DeploymentRecord ended(String environment, String job, int build, String release, State state) {
        return end(begin(environment, job, build), release, state);
    }

    private DeploymentRecord end(DeploymentRecord record, String release, State state) {
        minutes++;
        Instant time = NOON.plusSeconds(60L * minutes);
        return history.update(record.id(), r -> changed(r, release, Optional.of(time), state, r.origin()));
    }

    private static DeploymentRecord with(DeploymentRecord r, Origin origin) {
        return changed(r, r.release(), r.ended(), r.state(), origin);
    }

    private static DeploymentRecord changed(
            DeploymentRecord r, String release, Optional<Instant> ended, State state, Origin origin) {
        return Draft.like(r)
                .release(release)
                .ended(ended)
                .state(state)
                .origin(origin)
                .made();
    }
}
