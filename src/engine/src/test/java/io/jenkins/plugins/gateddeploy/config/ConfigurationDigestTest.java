package io.jenkins.plugins.gateddeploy.config;

import static io.jenkins.plugins.gateddeploy.config.Written.ENVIRONMENT;
import static io.jenkins.plugins.gateddeploy.config.Written.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDigestTest {

    @Test
    void staysTheSameInEveryRuntimeAndVersion() throws Exception {
        // Decisions bind to it: a change of this value voids every plan that waits when the new version is installed.
        String text = Outline.TEXT
                .replace("recipe = \"laravel\"", "")
                .replace("[\"worker\"] }]", "[\"worker\", \"a\", \"z\"] }]");
        assertThat(DeployFile.parse("x", text).configuration("production").digest())
                .isEqualTo("9ed148678c90b35621e1454fa0ec7eeef426b190328383c804ad8736eb2f312f");
    }

    @Test
    void doesNotDependOnHowTheFileIsWritten() throws Exception {
        Configuration one = Written.live("""
                tasks.a = { run = "x", timeout = "90s" }
                variables = { B = "2", A = "1" }
                """);
        Configuration other = Written.only("""
                # the same
                app    = 'shop'
                [ release ]
                path   = "/srv//shop/"
                keep   = 10
                [variables]
                A = "1"
                B = "2"
                [environments.live]
                targets = [{ host = "web-1:22" }]
                [environments.live.tasks.a]
                timeout = "1m30s"
                at      = "prepare"
                run     = "x"
                """);

        assertThat(other).isEqualTo(one);
        assertThat(other.digest()).isEqualTo(one.digest());
    }

    @Test
    void differsWithEveryValue() throws Exception {
        List<String> digests = new ArrayList<>();
        for (String lines : List.of(
                "",
                "release.keep = 9",
                "release.shared = [\"a\"]",
                "release.shared = [\"a/\"]",
                "release.reuse = \"link\"",
                "source.repository = \"/a\"",
                "source.credentials = \"a\"",
                "credentials = \"a\"",
                "branch = \"a\"",
                "on_failure = \"stop\"",
                "variables.A = \"a\"",
                "variables.A = { secret = \"a\" }",
                "tasks.a = \"a\"",
                "tasks.a = { run = \"a\", once = true }",
                "tasks.a = { run = \"a\", at = \"switched\" }",
                "tasks.a = { run = \"a\", idempotent = true }",
                "tasks.a = { run = \"a\", timeout = \"1s\" }",
                "tasks.a = { run = \"a\", undo = \"b\" }",
                "tasks.a = { run = \"a\", undo = \"b\", undo_on_failure = true }",
                "tasks = { a = \"a\", b = \"a\" }",
                "tasks = { b = \"a\", a = \"a\" }",
                "health.run = \"a\"",
                "health.tcp = \"a:1\"",
                "health.http = \"http://a\"",
                "health = { http = \"http://a\", body = \"a\" }",
                "health = { http = \"http://a\", status = 204 }",
                "health = { http = \"http://a\", from = \"target\" }",
                "ssh.jump = \"a\"",
                "ssh.parallel = 1",
                "approval = { required = 2 }",
                "approval = { approvers = [\"a\"] }",
                "approval = { approvers = [\"@a\"] }",
                "approval = { timeout = \"1h\" }",
                "approval = { author_may_approve = true }",
                "approval = { auto = [\"no-problems\"] }",
                "approval = { all_of = [\"@a\"] }",
                "approval = { requester_may_approve = true }",
                "approval = { remind = [\"1h\"] }",
                "approval = { escalate = { after = \"1h\", to = [\"@a\"] } }",
                "approval = { hours = { from = \"09:00\", until = \"17:00\", zone = \"UTC\" } }",
                "approval = { hours = { days = \"mon\", from = \"09:00\", until = \"17:00\", zone = \"UTC\" } }",
                "windows = [{ from = \"09:00\", until = \"17:00\", zone = \"UTC\" }]",
                "windows = [{ days = \"mon\", from = \"09:00\", until = \"17:00\", zone = \"UTC\" }]",
                "freezes = [{ from = \"2026-12-20\", until = \"2027-01-03\" }]",
                "freezes = [{ from = \"2026-12-20\", until = \"2027-01-03\", reason = \"Christmas\" }]",
                "freezes = [{ from = \"2026-12-20\", until = \"2027-01-03\", zone = \"Europe/Berlin\" }]",
                "outside = \"wait\"",
                "approval = {}")) {
            digests.add(Written.live(lines).digest());
        }
        digests.add(Written.only(SMALLEST + ENVIRONMENT.replace("\"web-1\"", "\"u@web-1\""))
                .digest());
        digests.add(
                Written.only(SMALLEST + ENVIRONMENT.replace("live", "other")).digest());

        assertThat(new HashSet<>(digests)).hasSameSizeAs(digests);
        assertThat(digests).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }
}
