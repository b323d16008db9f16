package io.jenkins.plugins.gateddeploy.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.console.fixture.LongLog;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page of a deployment with its log, in a real browser. */
class LogPagesTest {
    private static final String HOSTILE = "<img/src=x/onerror=\"document.title='hacked'\"></script><script>alert(1)";
    private static final List<String> TARGETS = List.of("web-1", "web-2");

    @TempDir
    private Path directory;

    private ServedShop served;
    private Browser browser;
    private Shop shop;
    private DeploymentRecord moving;
    private String root;

    @BeforeEach
    void openThePages() throws Exception {
        served = new ServedShop(directory);
        browser = served.browser();
        shop = served.shop();
        moving = shop.sample()
                .begin(
                        "staging",
                        Kind.DEPLOY,
                        SampleHistory.Version.of("v2.6.0", "Pay by invoice", "Ada Example <ada@example.org>"),
                        "ada",
                        Instant.now());
        root = served.showTo(ServedShop.aliceWhoMayDoEverything());
    }

    @AfterEach
    void closeThePages() {
        if (served != null) {
            served.close();
        }
    }

    private void open(String fragment) {
        browser.open(root + "deployments/" + moving.id() + fragment);
        browser.awaitText("#" + moving.number());
    }

    private Object ask(String script) {
        return browser.driver().executeScript("return " + script);
    }

    private int rowsInTheDocument() {
        return browser.driver().findElements(By.cssSelector(".gd-log__line")).size();
    }

    private void awaitLine(String text) {
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> browser.await(".gd-log").getText().contains(text));
    }

    /** A deployment as it is half way through. */
    private void tellHalf() {
        shop.sample().event(moving, State.CHECKING, "Looking at 2 targets", Duration.ofMillis(40));
        shop.sample().log(moving, List.of("Deploy v2.6.0 of storefront to staging, deployment #3"), "");
        shop.sample().phase(moving, "lock", TARGETS);
        shop.sample().log(moving, List.of("Every target was reached"), "");
        shop.sample().event(moving, State.DEPLOYING, "Release " + moving.release(), Duration.ofMillis(400));
        shop.sample().phase(moving, "files", TARGETS);
        shop.sample().log(moving, List.of("Sending 12 of 480 files to web-1, web-2"), "");
        shop.sample().phase(moving, "tasks before the switch", TARGETS);
        for (String target : TARGETS) {
            shop.sample()
                    .log(
                            moving,
                            List.of(
                                    "Task install",
                                    "\u001b[1;32mInstalling\u001b[0m dependencies from lock file",
                                    "  - \u001b[36mguzzlehttp/guzzle\u001b[0m (7.9.2): \u001b[33mextracting\u001b[0m archive",
                                    "Warning: package swift/mailer is deprecated, use symfony/mailer instead",
                                    "Generating optimized autoload files",
                                    "0 errors",
                                    target.equals("web-2")
                                            ? "SQLSTATE[HY000] Error: connection refused, trying again"
                                            : "Task install done in 4 s"),
                            target);
        }
        shop.sample().doing(moving, "web-1", "install done");
        shop.sample().doing(moving, "web-2", "install");
    }

    @Test
    void showsPhasesAndTargetsAsTheyComeWithoutAskingAgainAndAgain() {
        open("");
        browser.awaitText("Nothing was logged yet.");
        tellHalf();
        browser.awaitText("Tasks before");
        awaitLine("trying again");
        assertThat(browser.await("li[aria-current=step]").getText()).contains("Tasks before");
        browser.awaitText("install done");
        assertThat(browser.text()).contains("Working", "Fold all");

        // The server tells; who is told does not poll.
        ask("performance.clearResourceTimings()");
        shop.sample().log(moving, List.of("Task install done in 9 s"), "web-2");
        awaitLine("done in 9 s");
        assertThat((Long) ask("performance.getEntriesByType('resource').filter(e => e.name.includes('/log/')).length"))
                .isLessThanOrEqualTo(4L);

        shop.sample().phase(moving, "switch", TARGETS);
        shop.sample().phase(moving, "tasks after the switch", TARGETS);
        shop.sample().end(moving, State.SUCCEEDED, "All is well.", Duration.ofSeconds(11), TARGETS);
        browser.awaitText("All is well.");
        browser.awaitText("Has it");
        assertThat(browser.driver().findElements(By.cssSelector("li[aria-current=step]")))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void foldsFiltersSearchesAndLinksLines() {
        tellHalf();
        open("");
        awaitLine("trying again");
        assertThat(browser.driver().findElements(By.cssSelector(".gd-log__line--error")))
                .hasSize(1);
        assertThat(browser.driver().findElements(By.cssSelector(".gd-log__line--warning")))
                .hasSize(2);
        assertThat(browser.await(".gd-log .gd-ansi-bold.gd-ansi-f2").getText()).isEqualTo("Installing");

        browser.await(".gd-log__part button[aria-expanded=true]");
        int before = rowsInTheDocument();
        browser.driver().executeScript("[...document.querySelectorAll('.gd-log__part button')].at(-1).click()");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> rowsInTheDocument() == before - 14);
        browser.press("Unfold all");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> rowsInTheDocument() == before);

        browser.await(".gd-log-tools select option[value=web-2]").click();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> rowsInTheDocument() == 7);
        browser.await(".gd-log-search input").sendKeys("ERROR:");
        browser.awaitText("1 of 1");
        assertThat(browser.await(".gd-log__line--found").getText()).contains("connection refused");
        assertThat(browser.await(".gd-log mark").getText()).isEqualTo("Error:");
        browser.await(".gd-log-tools select option[value='']").click();
        browser.await(".gd-log-tools select option[value=target]").click();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> browser.driver()
                                .findElements(By.cssSelector(".gd-log__part"))
                                .size()
                        == 3);

        browser.await(".gd-log__line--error .gd-log__number").click();
        browser.awaitText("Line 17");
        assertThat(browser.driver().getCurrentUrl()).endsWith("#L17");
        open("#L5");
        browser.awaitText("Line 5");
        assertThat(browser.await(".gd-log-line__text").getText()).isEqualTo("Installing dependencies from lock file");
        assertThat(browser.await(".gd-log__line--chosen").getText()).contains("Installing");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void staysSmallHoweverLongTheLogIs() {
        LongLog.write(moving.log(), 1_000_000);
        open("");
        awaitLine("line 1000000 ");
        assertThat(rowsInTheDocument()).isBetween(5, 60);
        assertThat((Long) ask("performance.getEntriesByType('resource').filter(e => e.name.includes('/api/'))"
                        + ".reduce((sum, e) => sum + e.encodedBodySize, 0)"))
                .isBetween(1000L, 300_000L);
        assertThat((Long) ask("document.querySelector('.gd-log').scrollHeight")).isLessThan(17_000_000L);

        browser.await(".gd-log").sendKeys(Keys.HOME);
        awaitLine("line 1 ");
        browser.await(".gd-log").sendKeys(Keys.PAGE_DOWN);
        awaitLine("line 40 ");
        ask("document.querySelector('.gd-log').scrollTop = document.querySelector('.gd-log').scrollHeight / 2");
        awaitLine("line 500040 ");
        browser.await(".gd-log-search input").sendKeys("line 777777 ");
        awaitLine("line 777777 ");
        browser.awaitText("1 of 1");
        assertThat(rowsInTheDocument()).isBetween(5, 60);
        open("#L123456");
        awaitLine("line 123456 ");
        browser.press("Follow");
        awaitLine("line 1000000 ");
        LongLog.append(moving.log(), 1_000_001, 5_000);
        awaitLine("line 1005000 ");
        assertThat(rowsInTheDocument()).isBetween(5, 60);
        assertThat((Long) ask("document.getElementsByTagName('*').length")).isLessThan(1500L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsALongLineWholeWhenAsked() {
        String rest = "y".repeat(2000) + " its end";
        shop.sample().log(moving, List.of("x" + rest), "web-1");
        open("");
        browser.await(".gd-log__more").click();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> browser.text().contains("its end"));
        browser.press("Close");
    }

    @Test
    void showsWhatServersPrintAsTextWhateverItLooksLike() {
        shop.sample().phase(moving, HOSTILE, List.of(HOSTILE));
        shop.sample()
                .log(
                        moving,
                        List.of("log \u001b[31m" + HOSTILE + "\u001b]0;title\u0007\u001b[2J\u202e after"),
                        HOSTILE);
        shop.sample().doing(moving, HOSTILE, HOSTILE);
        open("");
        awaitLine("log <img/src=x");
        browser.await(".gd-log__number").click();
        browser.awaitText("Line 1");
        browser.await(".gd-log-search input").sendKeys("<img");
        browser.awaitText("1 of 1");

        assertThat(browser.await(".gd-log__text").getText()).endsWith("alert(1) after");
        assertThat(browser.driver().getTitle()).isEqualTo("Deployment – Gated Deploy");
        assertThat(browser.driver().findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.driver().findElements(By.tagName("script"))).hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void asksItselfWhereNothingIsTold() {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/api/events*")));
        open("");
        browser.awaitText("Nothing was logged yet.");
        shop.sample().log(moving, List.of("a first line"), "web-1");
        awaitLine("a first line");
        shop.sample().end(moving, State.SUCCEEDED, "All is well.", Duration.ofSeconds(3), TARGETS);
        browser.awaitText("All is well.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void putsNoSeriousBarrierBeforeAnybody(String scheme) {
        String folder = System.getProperty("gateddeploy.pictures", directory.toString());
        browser.prefer(scheme);
        tellHalf();
        shop.sample()
                .log(
                        moving,
                        IntStream.range(30, 38)
                                .mapToObj(
                                        i -> "\u001b[" + i + "mcolour\u001b[0m \u001b[" + (i + 10) + "mground\u001b[0m")
                                .toList(),
                        "web-1");
        open("#L5");
        awaitLine("colour");
        browser.awaitText("Line 5");
        assertThat(browser.barriers()).isEmpty();
        browser.size(1400, 1500);
        browser.picture(Path.of(folder, "console-log-" + scheme + ".png"));
        browser.size(420, 1800);
        browser.awaitText("Line 5");
        assertThat(browser.barriers()).isEmpty();
        browser.picture(directory.resolve("narrow-" + scheme + ".png"));
        if (System.getProperty("gateddeploy.pictures") != null) {
            browser.picture(Path.of(folder, "narrow-log-" + scheme + ".png"));
        }
    }
}
