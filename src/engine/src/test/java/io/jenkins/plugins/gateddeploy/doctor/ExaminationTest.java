package io.jenkins.plugins.gateddeploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the facts of a target are judged. */
class ExaminationTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private static final String HEALTHY = """
            clock 1000000.25
            user deploy
            has sh
            has mv
            has tar
            has find
            has xargs
            has setsid
            has timeout
            has sha256sum
            has head
            has tail
            has stat
            has readlink
            has cp
            has sed
            has awk
            has mv-T
            nearest /srv
            writable yes
            disk-free-kb 50000000
            disk-total-kb 100000000
            inodes-free 5000
            inodes-total 10000
            memory-available-kb 4000000
            """;

    private static Diagnosis.OnTarget judge(String facts, String... more) {
        Configuration configuration = configuration(String.join("\n", more));
        return new Examination(
                        configuration,
                        Needs.of(configuration, true),
                        configuration.targets().get(0),
                        Facts.parse(facts, NOW, NOW.plusSeconds(1)),
                        Room.unknown())
                .judge();
    }

    private static Configuration configuration(String more) {
        try {
            return DeployFile.parse("deploy.toml", """
                            app = "shop"
                            [release]
                            path = "/srv/shop"
                            [environments.production]
                            targets = ["deploy@web-1"]
                            """ + more).configuration("production");
        } catch (ProblemException e) {
            throw new AssertionError(e);
        }
    }

    private static void findsOnly(Diagnosis.OnTarget found, Severity severity, String id, String mend) {
        assertThat(found.problems()).hasSize(1);
        Problem problem = found.problems().get(0);
        assertThat(problem.severity()).isEqualTo(severity);
        assertThat(problem.id()).isEqualTo(id);
        assertThat(problem.message()).startsWith("web-1: ");
        assertThat(problem.mend()).contains(mend);
    }

    @Test
    void findsNothingOnAHealthyTargetAndSaysWhatIsGood() {
        Diagnosis.OnTarget found = judge(HEALTHY);

        assertThat(found.problems()).isEmpty();
        assertThat(found.facts())
                .containsKeys("ssh", "clock", "path", "disk", "inodes", "memory", "programs")
                .containsEntry("path", "/srv/shop can be made in /srv");
    }

    @ParameterizedTest
    @CsvSource({"1000006.0,", "1000007.0, ahead", "999995.0,", "999993.9, behind"})
    void warnsOfAClockThatIsMoreThanFiveSecondsOff(String clock, String direction) {
        Diagnosis.OnTarget found = judge(HEALTHY.replace("1000000.25", clock));

        if (direction == null) {
            assertThat(found.problems()).isEmpty();
        } else {
            findsOnly(found, Severity.WARNING, "target.clock", "timedatectl");
            assertThat(found.problems().get(0).message()).contains(direction);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "50000000, 100000000,",
        "9999999, 100000000, WARNING",
        "1048575, 2000000, WARNING",
        "1048576, 2000000,",
        "102399, 200000, ERROR"
    })
    void judgesFreeSpaceByShareAndSize(String free, String total, Severity severity) {
        Diagnosis.OnTarget found = judge(HEALTHY.replace("disk-free-kb 50000000", "disk-free-kb " + free)
                .replace("disk-total-kb 100000000", "disk-total-kb " + total));

        if (severity == null) {
            assertThat(found.problems()).isEmpty();
        } else {
            findsOnly(found, severity, "target.disk", "df -h");
        }
    }

    @Test
    void takesFileSystemsWithoutAFixedNumberOfInodesAsTheyAre() {
        assertThat(judge(HEALTHY.replace("inodes-free 5000", "inodes-free -")
                                .replace("inodes-total 10000", "inodes-total -"))
                        .problems())
                .isEmpty();
        findsOnly(
                judge(HEALTHY.replace("inodes-free 5000", "inodes-free 0")),
                Severity.ERROR,
                "target.disk",
                "du --inodes");
    }

    @Test
    void namesThePackagesOfWhatIsMissing() {
        Diagnosis.OnTarget found = judge(HEALTHY.replace("has setsid\n", "").replace("has timeout\n", ""));

        findsOnly(found, Severity.ERROR, "target.command", "apt-get install coreutils util-linux");
        assertThat(found.problems().get(0).message()).contains("setsid, timeout");
    }

    @Test
    void asksForTheProgramsOfAHealthCheckFromTheTarget() {
        String health = "health = { tcp = \"{target}:80\", from = \"target\" }";

        findsOnly(judge(HEALTHY, health), Severity.ERROR, "target.command", "netcat");
        assertThat(judge(HEALTHY + "has bash\n", health).problems()).isEmpty();
    }

    @Test
    void saysWhoHasToOwnThePath() {
        findsOnly(
                judge(HEALTHY.replace("writable yes\n", "")),
                Severity.ERROR,
                "target.permission",
                "install -d -o 'deploy' '/srv/shop'");
        findsOnly(
                judge(HEALTHY + "unwritable /srv/shop/releases\n"),
                Severity.ERROR,
                "target.permission",
                "chown 'deploy' '/srv/shop/releases'");
    }

    @Test
    void findsARealDirectoryNamedCurrent() {
        findsOnly(judge(HEALTHY + "blocked yes\n"), Severity.ERROR, "target.current", "ln -s releases/");
    }

    @Test
    void knowsWhoseTasksLogindWouldEnd() {
        String kills = HEALTHY + "kill-user-processes yes\n";

        findsOnly(judge(kills), Severity.ERROR, "target.logind", "loginctl enable-linger 'deploy'");
        assertThat(List.of(
                        judge(kills + "linger yes\n"),
                        judge(kills.replace("user deploy", "user root")),
                        judge(HEALTHY + "kill-user-processes no\n")))
                .allMatch(found -> found.problems().isEmpty());
    }

    @Test
    void saysWhyATargetCannotReadTheRepository() {
        findsOnly(judge(HEALTHY + "git no Permission denied\n"), Severity.ERROR, "target.git", "deploy key");
        assertThat(judge(HEALTHY + "git yes\n").facts()).containsKey("git");
    }

    @Test
    void findsProgramsThatTheEnvironmentOrItsRecipeAsksFor() {
        String asks = "requires = { commands = [\"php\", \"/opt/bin/wkhtmltopdf\"] }";

        findsOnly(judge(HEALTHY + "asked php\n", asks), Severity.ERROR, "target.command", "requires.commands");
        assertThat(judge(HEALTHY + "asked php\n", asks).problems().get(0).message())
                .contains("/opt/bin/wkhtmltopdf, which requires.commands")
                .contains("PATH of a login");
        assertThat(judge(HEALTHY, asks, "variables = { PATH = \"/opt/php/bin\" }")
                        .problems()
                        .get(0)
                        .message())
                .contains("the PATH of [variables]: php, /opt/bin/wkhtmltopdf");
        assertThat(judge(HEALTHY + "asked php\nasked /opt/bin/wkhtmltopdf\n", asks)
                        .problems())
                .isEmpty();
        findsOnly(judge(HEALTHY, "recipe = \"node\""), Severity.ERROR, "target.command", "requires.commands");
    }

    @Test
    void findsMissingExtensionsOfPhpWhateverTheirCase() {
        String asks = "requires = { php_extensions = [\"intl\", \"PDO\", \"opcache\", \"imagick\"] }";
        String has = HEALTHY
                + "asked php\nphp yes\nphp-has [PHP Modules]\nphp-has intl\nphp-has pdo\nphp-has Zend OPcache\n";

        findsOnly(judge(has, asks), Severity.ERROR, "target.command", "apt-get install php-imagick");
        assertThat(judge(has + "php-has imagick\n", asks).problems()).isEmpty();
    }

    @Test
    void findsAPhpThatIsMissingOrDoesNotAnswer() {
        String asks = "requires = { php_extensions = [\"intl\"] }";

        assertThat(judge(HEALTHY, asks).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("php, which"));
        assertThat(judge(HEALTHY + "asked php\nphp no 124\n", asks).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("php -m ended with 124"));
    }
}
