package io.jenkins.plugins.gateddeploy.config;

import static io.jenkins.plugins.gateddeploy.config.Written.problems;
import static io.jenkins.plugins.gateddeploy.config.Written.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wrong deploy.toml is answered with. In each line of input the place is that after {@code app} and {@code path}. */
class DeployFileErrorsTest {

    @Test
    void namesPlaceKeyExpectationFindingAndNearestKey() {
        assertThat(problemsOf("[release]\nkep = 5")).singleElement().asString().contains("release previously defined");
        assertThat(problemsOf("release.kep = 5"))
                .containsExactly("deploy.toml:3:1: release.kep is not a known key. Did you mean keep?"
                        + " Known here: keep, path, reuse, shared. [config.unknown-key]");
        assertThat(problemsOf("release.keep = \"5\""))
                .containsExactly("deploy.toml:3:1: release.keep must be an integer from 1 to 10000,"
                        + " but is a string. [config.type]");
    }

    @Test
    void reportsAllErrorsAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        [release]
                        path = "srv"
                        keep = 0
                        [tasks]
                        a = { run = "x", after = "b" }
                        b = { run = "x", after = "a", timeout = "soon" }
                        [environments.live]
                        targets = ["web-1", "me@web-1:22", "a b"]
                        """))
                .extracting(line -> line.replaceAll(": .*\\[", " ").replace("]", ""))
                .containsExactly(
                        "deploy.toml config.missing",
                        "deploy.toml:2:1 config.value",
                        "deploy.toml:3:1 config.value",
                        "deploy.toml:5:18 config.reference",
                        "deploy.toml:6:31 config.value",
                        "deploy.toml:8:21 config.duplicate",
                        "deploy.toml:8:36 config.value");
    }

    @Test
    void reportsAllSyntaxErrorsAtOnce() {
        assertThat(problems("a = \nb = ]\nc = 1\nc = 2\n"))
                .hasSize(3)
                .allMatch(line -> line.endsWith("[config.syntax]"))
                .anyMatch(line -> line.startsWith("deploy.toml:1:5: "))
                .anyMatch(line -> line.startsWith("deploy.toml:4:1: "));
    }

    @Test
    void reportsAnErrorAtTheTopOnceHoweverManyEnvironmentsTakeItOver() {
        assertThat(problemsOf(
                        "release.keep = 0\n[environments.a]\ntargets = [\"a\"]\n[environments.b]\ntargets = [\"b\"]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "environments.live.targets = []|environments.live.targets|config.value",
                "environments.live.targets = 1|environments.live.targets|config.type",
                "environments.live.targets = [\"[::1]\", \"u@[0::1]:99999\"]|targets[1]|config.value",
                "environments.live.targets = [{ host = \"::1\" }]|written in brackets|config.value",
                "environments.live.targets = [{ host = \"a\", role = [\"x\"] }]|Did you mean roles?|config.unknown-key",
                "environments.live.targets = [{ host = \"a\", host_key = \"ssh-ed25519 AAAA\" }]|host_key|config.value",
                "environments.live.targets = [{ host = \"a\", host_key = \"ssh-ed25519 ?\" }]|is not Base64|config.value",
                "environments.live.targets = [\"-oProxyCommand=x\"]|is not a host name|config.value",
                "environments.live.targets = [\"-x@web\"]|is not a login name|config.value",
                "environments.live.targets = [\"{target}\"]|targets[0]|config.value",
                "environments.live = {}|environments.live.targets is missing|config.missing",
                "environments.live = 1|must be an environment's table, but is an integer|config.type",
                "environments = {}|environments is missing|config.missing",
                "environments.\"a b\".targets = [\"a\"]|environments.\"a b\"|config.value",
            })
    void refusesEnvironment(String line, String part, String id) {
        assertThat(problems("app = \"shop\"\nrelease.path = \"/srv/shop\"\n" + line))
                .singleElement()
                .asString()
                .contains(part)
                .endsWith("[" + id + "]")
                .contains("deploy.toml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "targets = [\"a\"]|It belongs below [environments.<name>]|config.unknown-key",
                "recipe = \"laravell\"|did you mean \"laravel\"?|config.value",
                "recipe = \"cobol\"|\"composer\", \"jvm-service\", \"laravel\", \"node\", \"python\"|config.value",
                "on_failure = \"rollbak\"|did you mean \"rollback\"?|config.value",
                "branch = \"\"|branch must be|config.value",
                "release.keep = 0|is 0|config.value",
                "release.shared = \".env\"|must be a list of paths|config.type",
                "release.shared = [\"..\"]|contains ..|config.value",
                "release.shared = [\"/x\"]|is absolute|config.value",
                "release.shared = [\".\"]|the release itself|config.value",
                "release.shared = [\"a\\u0000\"]|control character|config.value",
                "release.shared = [\"a\", \"a/\"]|release.shared[1] is written twice|config.duplicate",
                "release.shared = [\"a/b\", \"a/\"]|release.shared[0] lies within \"a\"|config.duplicate",
                "release.reuse = \"hardlink\"|release.reuse|config.value",
                "source.mode = \"pull\"|source.repository is missing|config.missing",
                "source.mode = \"pul\"|did you mean \"pull\"?|config.value",
                "source.repository = \"-x\"|begins with a dash|config.value",
                "source.repository = \"--upload-pack=x\"|begins with a dash|config.value",
                "source.repository = \"ext::sh -c id\"|remote helper|config.value",
                "source.repository = \"EXT::sh -c id\"|remote helper|config.value",
                "source.repository = \"gopher://x/y\"|has the scheme \"gopher\"|config.value",
                "source.repository = \"https://me:hunter2@x/y\"|holds a password|config.value",
                "source.repository = \"https://x/a b\"|is no URL|config.value",
                "variables.1A = \"x\"|variables.1A|config.value",
                "variables.\"A-B\" = \"x\"|variables.A-B|config.value",
                "variables.A = 5|must be a string, or { secret = \"…\" }, but is an integer|config.type",
                "variables.A = { secret = 5 }|variables.A.secret|config.type",
                "variables.A = { secrets = \"x\", secret = \"y\" }|Did you mean secret?|config.unknown-key",
                "tasks.a = \"\"|is empty|config.value",
                "tasks.a = true|must be a command line, a table with run, or false|config.type",
                "tasks.a = {}|tasks.a.run is missing|config.missing",
                "tasks.a = false|no such task to remove|config.reference",
                "tasks.\"a b\" = \"x\"|tasks.\"a b\"|config.value",
                "tasks.a = { run = \"x\", at = \"after\" }|one of \"prepare\", \"switched\"|config.value",
                "tasks.a = { run = \"x\", on = [\"web\"] }|role \"web\", which no target has|config.reference",
                "tasks.a = { run = \"x\", on = [] }|is empty|config.value",
                "tasks.a = { run = \"x\", after = \"b\" }|names \"b\", but there is no such task|config.reference",
                "tasks.a = { run = \"x\", after = \"a\" }|forms a loop: a after a|config.reference",
                "tasks.a = { run = \"x\", undo_on_failure = true }|tasks.a.undo is missing|config.missing",
                "tasks.a = { run = \"x\", timeout = \"0s\" }|duration above zero|config.value",
                "tasks.a = { run = \"x\", timeout = \"30\" }|duration above zero|config.value",
                "tasks.a = { run = \"x\", timeout = 30 }|but is an integer|config.type",
                "tasks.a = { run = \"x\", once = \"yes\" }|must be true or false|config.type",
                "health = {}|exactly one of http, run, tcp, but has none|config.missing",
                "health = { tcp = \"{target}:80\", run = \"x\" }|but has run and tcp|config.value",
                "health = { tcp = \"{target}\" }|has no port|config.value",
                "health = { tcp = \"me@{target}:80\" }|names a user|config.value",
                "health = { tcp = \"{target}:80\", status = 200 }|goes with http only|config.value",
                "health = { http = \"ftp://x\" }|has the scheme \"ftp\"|config.value",
                "health = { http = \"/health\" }|has no scheme|config.value",
                "health = { http = \"http://{server}/\" }|is no URL|config.value",
                "health = { http = \"http://me:hunter2@{target}/\" }|holds a login|config.value",
                "health = { http = \"http://{target}/\", status = 20 }|is 20|config.value",
                "health = { http = \"http://{target}/\", status = [200, 700] }|health.status[1]|config.value",
                "health = { http = \"http://{target}/\", body = \"(\" }|does not compile: Unclosed group|config.value",
                "health = { run = \"x\", from = \"host\" }|always runs on the target|config.value",
                "ssh.parallel = 0|ssh.parallel|config.value",
                "ssh.jump = \"a b\"|ssh.jump|config.value",
                "ssh.connect_timeout = \"1x\"|ssh.connect_timeout|config.value",
                "approval = { required = 0 }|approval.required|config.value",
                "approval = { approvers = [\"@\"] }|without the group's name|config.value",
                "approval = { approvers = [\" alice\"] }|spaces around the name|config.value",
                "approval = { approvers = [] }|is empty|config.value",
                "approval = { all_of = [\"@\"] }|approval.all_of[0]|config.value",
                "approval = { remind = [\"1h\", \"30h\"] }|shorter than timeout|config.value",
                "approval = { remind = [\"1x\"] }|approval.remind[0]|config.value",
                "approval = { escalate = { to = [\"a\"] } }|approval.escalate.after is missing|config.missing",
                "approval = { escalate = { after = \"1h\" } }|approval.escalate.to is missing|config.missing",
                "approval = { escalate = { after = \"24h\", to = [\"a\"] } }|approval.escalate.after must be shorter|config.value",
                "approval = { hours = { from = \"9:00\", until = \"17:00\", zone = \"UTC\" } }|approval.hours.from|config.value",
                "approval = { hours = { from = \"09:00\", until = \"09:00\", zone = \"UTC\" } }|after from (09:00)|config.value",
                "approval = { hours = { from = \"09:00\", until = \"25:00\", zone = \"UTC\" } }|approval.hours.until|config.value",
                "approval = { hours = { from = \"09:00\", until = \"17:00\", zone = \"Mars\" } }|approval.hours.zone|config.value",
                "approval = { hours = { from = \"09:00\", until = \"17:00\" } }|approval.hours.zone is missing|config.missing",
                "approval = { hours = { days = \"mon-fry\", from = \"09:00\", until = \"17:00\", zone = \"UTC\" } }|approval.hours.days|config.value",
                "approval = { hours = { days = [\"monday\"], from = \"09:00\", until = \"17:00\", zone = \"UTC\" } }|approval.hours.days[0]|config.value",
                "approval = { auto = [\"full-moon\"] }|approval.auto[0]|config.value",
                "approval = { requird = 1 }|Did you mean required?|config.unknown-key",
                "strategy = { batch = 2 }|strategy.kind is missing|config.missing",
                "strategy = { kind = \"rolling\", batch = \"150%\" }|strategy.batch|config.value",
                "requires = { variables = [\"A B\"] }|requires.variables[0]|config.value",
                "config = { expect = {} }|config.file is missing|config.missing",
                "requires = { credentials = [{ type = \"text\" }] }|requires.credentials[0].id is missing|config.missing",
                "requires = { credentials = [{ id = \"a\", type = \"key\" }] }|requires.credentials[0].type|config.value",
                "requires = { variables_from = { file = \"a\", service = \"b\" } }|has file and service|config.value",
                "requires = { variables_from = {} }|exactly one of command, file, service|config.missing",
                "requires = { variables_from = { file = \"../.env\" } }|contains ..|config.value",
                "requires = { variables_from = { file = \"shared/\" } }|names no file|config.value",
                "requires = { variables_from = { service = \"--user\" } }|requires.variables_from.service|config.value",
                "requires = { variables_from = { command = \" \" } }|is empty|config.value",
                "config = { file = \"a.toml\", expect = { a = {} } }|is an empty table|config.value",
                "config = { file = \"a.toml\", expect = { \"a.b\" = 1, a = { b = 2 } } }|is written twice|config.duplicate",
                "config = { file = \"a.toml\", expect = { \"a..b\" = 1 } }|a key, with dots|config.value",
                "config = { file = \"a.toml\", expect = { a = 2026-01-01 } }|config.expect.a|config.type",
                "config = { file = \"a.toml\", absent = [\"a\"], expect = { a.b = 1 } }|since expect has a value|config.value",
                "config = { file = \"a.toml\", reference = \"previous\" }|config.reference|config.value",
                "config = { file = \"a.toml\", reference = { secret = 1 } }|config.reference.secret|config.type",
                "config = { file = \"a.toml\", specific = \"a\" }|must be a list of keys|config.type",
                "config = { file = \"a.toml\", development = \"/etc/a.toml\" }|is absolute|config.value",
                "secrets = { live = 1 }|secrets.live|config.type",
                "secrets = { deny = [1] }|secrets.deny[0]|config.type",
                "secrets = { deny = [] }|is empty|config.value",
                "secrets = { files = [\"../a\"] }|contains ..|config.value",
                "secrets = { tst_keys = \"a\" }|Did you mean test_keys?|config.unknown-key",
                "config = { file = \"a.toml\", expect = { a = nan } }|config.expect.a|config.type",
                "schema = { file = \"/etc/passwd\" }|is absolute|config.value",
                "api = {}|api.file is missing|config.missing",
                "api = []|is empty|config.value",
                "api = [{ file = \"a.json\" }, { file = \"../b\" }]|api[1].file|config.value",
                "schedule = { functions = \"f.json\" }|exactly one of file, run, but has none|config.missing",
                "schedule = { run = \"x\" }|schedule.functions is missing|config.missing",
                "schedule = { file = \"c.json\", on = [\"web\"], functions = \"f.json\" }|goes with run only|config.value",
                "development = { test = [] }|Did you mean tests?|config.unknown-key",
                "development = { tests = \"a.xml\" }|development.tests|config.type",
                "development = { static = { most = 0 } }|development.static.reports is missing|config.missing",
                "development = { static = { reports = [] } }|is empty|config.value",
                "development = { static = { reports = [\"a\"], most = -1 } }|is -1|config.value",
                "development = { static = { reports = [\"a\"], level = \"errors\" } }|did you mean \"error\"?|config.value",
                "development = { branch = \"main\" }|must be true or false|config.type",
                "schema = {}|exactly one of file, migrations, but has none|config.missing",
                "schema = { file = \"a\", migrations = \"b\", dialect = \"mysql\" }|has file and migrations|config.value",
                "schema = { file = \"a\", dialect = \"mysql\" }|goes with migrations only|config.value",
                "schema = { file = \"a\", format = \"json-scheme\" }|did you mean \"json-schema\"?|config.value",
                "schema = { migrations = \"a\" }|schema.dialect is missing: expected one of \"postgresql\", \"mysql\"|config.missing",
                "schema = { migrations = \"a\", dialect = \"oracle\" }|schema.dialect|config.value",
                "schema = { file = \"a\", retention = \"week\" }|duration above zero|config.value",
                "schema = { file = \"a\", backup = \"dump\" }|names \"dump\", but there is no such task|config.reference",
                "schema = { file = \"a\", migrate = \"up\" }|names \"up\", but there is no such task|config.reference",
            })
    void refusesLine(String line, String part, String id) {
        assertThat(problemsOf(line))
                .singleElement()
                .asString()
                .startsWith("deploy.toml:3:")
                .contains(part)
                .endsWith("[" + id + "]")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"srv", "./srv", "~/srv", "", "/", "//", "/.", "/srv/../x", "/srv/..", "/a\\nb", "/a\\u0000"})
    void refusesReleasePath(String path) {
        assertThat(problems("app = \"x\"\nrelease.path = \"" + path + "\"\nenvironments.live.targets = [\"a\"]"))
                .singleElement()
                .asString()
                .startsWith("deploy.toml:2:1: release.path must be an absolute path")
                .endsWith("[config.value]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "", "a b", "a/b", "..", "ä", ".hidden"})
    void refusesNameOfApplication(String name) {
        assertThat(problems("app = \"" + name + "\"\nrelease.path = \"/a\"\nenvironments.live.targets = [\"a\"]"))
                .singleElement()
                .asString()
                .startsWith("deploy.toml:1:1: app must be a name");
    }

    @Test
    void refusesLinksBesidePrepareTasksAlsoOfTheRecipe() {
        assertThat(problemsOf("release.reuse = \"link\"\nrecipe = \"node\""))
                .singleElement()
                .asString()
                .contains("(here build, install, prune)")
                .startsWith("deploy.toml:3:1: release.reuse");
        assertThat(problemsOf("release.reuse = \"link\"\ntasks.a = { run = \"x\", at = \"switched\" }"))
                .isEmpty();
    }

    @Test
    void refusesTaskAfterOneOfALaterPhase() {
        assertThat(problemsOf("tasks.a = { run = \"x\", after = \"b\" }\ntasks.b = { run = \"x\", at = \"switched\" }"))
                .singleElement()
                .asString()
                .contains("runs in the later phase \"switched\"");
    }

    @Test
    void namesEachLoopOnceWithItsTasks() {
        assertThat(problemsOf("""
                        [tasks]
                        a = { run = "x", after = "b" }
                        b = { run = "x", after = "c" }
                        c = { run = "x", after = "a" }
                        d = { run = "x", after = "c" }
                        e = { run = "x", after = "e" }
                        """))
                .hasSize(2)
                .anyMatch(line -> line.contains("a after b after c after a"))
                .anyMatch(line -> line.contains("e after e"));
    }

    @Test
    void saysWhichEnvironmentWasMeant() throws ProblemException {
        DeployFile file = DeployFile.parse("deploy.toml", Outline.TEXT);

        assertThatThrownBy(() -> file.configuration("prodction"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("deploy.toml: There is no environment \"prodction\". Did you mean production?"
                        + " Known here: staging, production. [config.environment]");
    }

    @Test
    void neverShowsTheValueOfAVariable() {
        assertThat(problemsOf("variables.A = \"hunter2\\u0000\""))
                .singleElement()
                .asString()
                .doesNotContain("hunter2");
    }
}
