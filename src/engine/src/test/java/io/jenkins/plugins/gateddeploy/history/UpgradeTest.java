package io.jenkins.plugins.gateddeploy.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that older versions wrote, as they are read and gone on with. */
class UpgradeTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");
    private static final Owner OWNER = new Owner("host-a", 100, 7);

    /** In the words of the first version that had the table; columns that came later are filled in below. */
    private static final List<String> DEPLOYMENTS = List.of("""
            insert into deployment (id, app, environment, kind, sequence_number, release_id, commit_id, reference, tag,
              subject, author, actor, owner_host, owner_pid, owner_start, started, ended, state, message, log_file)
            values ('d1', 'shop', 'production', 'DEPLOY', 1, '20260329T120000Z-abc1234', 'abc1234', 'main', 'v1.2',
              'Größe 日本 😀', 'Zoë <z@example.org>', 'alice', 'host-a', 100, 7,
              timestamp with time zone '2026-03-29 12:00:00.123456+00', timestamp with time zone '2026-03-29 12:00:05+00',
              'SUCCEEDED', 'Release 20260329T120000Z-abc1234 is current.', '/var/log/1.log')""", """
            insert into deployment (id, app, environment, kind, sequence_number, release_id, commit_id, reference, tag,
              subject, author, actor, owner_host, owner_pid, owner_start, started, ended, state, message, log_file)
            values ('d2', 'shop', 'production', 'ROLLBACK', 2, '', '', 'previous', '', '', '', 'bob', 'host-a', 100, 7,
              timestamp with time zone '2026-03-29 13:00:00+00', null, 'DEPLOYING', '', '/var/log/2.log')""", """
            insert into event (deployment, happened, state, message)
            values ('d1', timestamp with time zone '2026-03-29 12:00:00.123456+00', 'QUEUED', ''),
              ('d1', timestamp with time zone '2026-03-29 12:00:05+00', 'SUCCEEDED', 'done'),
              ('d2', timestamp with time zone '2026-03-29 13:00:00+00', 'QUEUED', '')""", """
            insert into target_outcome (deployment, target, current_release, message)
            values ('d1', 'web-1', '20260329T120000Z-abc1234', ''), ('d1', 'web-2', '', 'could not be reached')""", """
            insert into problem (deployment, problem_id, severity, message, mend, file_name, file_line, file_column)
            values ('d1', 'target.clock', 'WARNING', 'Its clock is 9 s behind.', 'Mend it.', null, null, null),
              ('d1', 'toml.mismatch', 'ERROR', 'client_id differs.', '', 'shop.toml', 3, 1)""");

    private static final List<String> GATES = List.of("""
            update deployment set job = 'shop/main', build = 7, origin_text = 'shop » main #7', gate_id = 'g1',
              approvers = 'Alice, Zoë' where id = 'd1'""", """
            insert into gate (id, app, environment, plan_digest, revision, message, deployment, job, build, rules, opened,
              deadline, standing, why, closed)
            values ('g1', 'shop', 'production', 'digest', 'v1.2 (abc1234)', 'Please', 'd1', 'shop/main', 7,
              '{"authors":["carol"],"clauses":[{"approvers":["@ops","alice"],"authorMayApprove":false,"from":"COMMIT","required":1,"timeout":"PT24H"}],"extra":0}',
              timestamp with time zone '2026-03-29 11:00:00+00', timestamp with time zone '2026-03-30 11:00:00+00',
              'APPROVED', 'by Alice', timestamp with time zone '2026-03-29 11:30:00+00'),
             ('g2', 'shop', 'production', 'digest-2', 'v1.3', '', '', 'shop/main', 8,
              '{"authors":[],"clauses":[{"approvers":[],"authorMayApprove":true,"from":"STEP","required":2,"timeout":"PT1H"}],"extra":1}',
              timestamp with time zone '2026-03-29 14:00:00+00', timestamp with time zone '2026-03-29 15:00:00+00',
              null, null, null)""", """
            insert into gate_decision (gate, person, name, names, verdict, remark, decided)
            values ('g1', 'alice', 'Alice', '["@ops","alice"]', 'APPROVE', 'Größe', timestamp with time zone '2026-03-29 11:30:00+00'),
              ('g2', 'zoe', 'Zoë', '["zoe"]', 'APPROVE', '', timestamp with time zone '2026-03-29 14:10:00+00')""");

    @TempDir
    Path home;

    private HistoryDatabase history;

    @AfterEach
    void close() {
        if (history != null) {
            history.close();
        }
    }

    private void write(int version) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:async:" + home.resolve("history").toAbsolutePath());
        source.setUser("sa");
        source.setPassword("");
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:io/jenkins/plugins/gateddeploy/history")
                .target(Integer.toString(version))
                .loggers("slf4j")
                .load()
                .migrate();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : DEPLOYMENTS) {
                statement.execute(sql);
            }
            if (version >= 2) {
                for (String sql : GATES) {
                    statement.execute(sql);
                }
            }
            if (version >= 3) {
                statement.execute("update deployment set reason = 'night shift' where id = 'd1'");
            }
            if (version >= 4) {
                statement.execute(
                        "update deployment set forced = 'toml.mismatch', forced_reason = 'agreed' where id = 'd1'");
            }
        }
    }

    private DeploymentRecord found(String id) {
        return history.find(id).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void readsAllThatAnOlderVersionWroteAndGoesOn(int version) throws Exception {
        write(version);
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));

        readsDeployments(version);
        if (version >= 2) {
            readsGates();
        }
        goesOn();
    }

    private void readsDeployments(int version) {
        DeploymentRecord first = found("d1");
        assertThat(first.kind()).isEqualTo(Kind.DEPLOY);
        assertThat(first.started()).isEqualTo(NOON);
        assertThat(first.duration()).hasValue(Duration.ofNanos(4_876_544_000L));
        assertThat(first.subject()).isEqualTo("Größe 日本 😀");
        assertThat(first.owner()).isEqualTo(OWNER);
        assertThat(first.log()).isEqualTo(Path.of("/var/log/1.log"));
        assertThat(first.targets())
                .containsExactly(
                        new TargetOutcome("web-1", "20260329T120000Z-abc1234", ""),
                        new TargetOutcome("web-2", "", "could not be reached"));
        assertThat(first.problems())
                .containsExactly(
                        Problem.warning("target.clock", "Its clock is 9 s behind.", "Mend it."),
                        Problem.error("toml.mismatch", "client_id differs.", "", new Location("shop.toml", 3, 1)));
        assertThat(first.passed()).isEqualTo(version < 2 ? Passed.none() : new Passed("g1", "Alice, Zoë"));
        assertThat(first.origin().job()).isEqualTo(version < 2 ? "" : "shop/main");
        assertThat(first.reason()).isEqualTo(version < 3 ? "" : "night shift");
        assertThat(first.judgement().forced().ids()).isEqualTo(version < 4 ? List.of() : List.of("toml.mismatch"));
        assertThat(history.events("d1")).extracting(Event::message).containsExactly("", "done");
        assertThat(history.unfinished("shop", "production")).containsExactly(found("d2"));
        assertThat(history.list(Filter.of("shop", "production", 10))).hasSize(2);
        assertThat(history.made("shop", "production", "20260329T120000Z-abc1234"))
                .contains(first);
        assertThat(history.marked("shop", "production").isPresent()).isEqualTo(version >= 4);
    }

    private void readsGates() {
        Gate closed = history.gates().find("g1").orElseThrow();
        assertThat(closed.standing(NOON)).isEqualTo(Standing.APPROVED);
        assertThat(closed.subject().message()).isEqualTo("Please");
        assertThat(closed.rules().authors()).containsExactly("carol");
        assertThat(closed.rules().clauses()).singleElement().satisfies(clause -> {
            assertThat(clause.approvers()).containsExactly("@ops", "alice");
            assertThat(clause.from()).isEqualTo(Clause.Source.COMMIT);
            assertThat(clause.timeout()).isEqualTo(Duration.ofHours(24));
        });
        assertThat(closed.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.as()).isEqualTo(Set.of("@ops", "alice"));
            assertThat(decision.verdict()).isEqualTo(Decision.Verdict.APPROVE);
            assertThat(decision.comment()).isEqualTo("Größe");
        });
        Gate open = history.gates().find("g2").orElseThrow();
        Instant before = open.deadline().minusSeconds(60);
        assertThat(open.standing(before)).isEqualTo(Standing.OPEN);
        assertThat(open.rules().needNobody()).isFalse();
        assertThat(history.gates().list(GateFilter.open(before, 10))).containsExactly(open);
    }

    private void goesOn() {
        history.event(new Event("d2", NOON.plusSeconds(7200), State.FAILED, "The host died."));
        assertThat(found("d2").state()).isEqualTo(State.FAILED);
        assertThat(found("d2").message()).isEqualTo("The host died.");
        history.problems("d1", List.of(Problem.warning("release.held", "Wait.", "")));
        assertThat(found("d1").problems()).hasSize(3);
        history.close();
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
        assertThat(found("d1").problems()).hasSize(3);
    }
}
