package io.jenkins.plugins.gateddeploy.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.console.document.EvidenceDocument;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.console.fixture.Crowd;
import io.jenkins.plugins.gateddeploy.console.fixture.Lined;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHost;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.plan.Commit;
import io.jenkins.plugins.gateddeploy.plan.Effects;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages in a real browser, over the history of a shop. */
class PagesTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\"></script><script>alert(1)";

    @TempDir
    private Path directory;

    private ServedShop served;
    private Browser browser;
    private Shop shop;
    private String root;

    @BeforeEach
    void openThePages() throws Exception {
        served = new ServedShop(directory);
        browser = served.browser();
        shop = served.shop();
        root = served.showTo(ServedShop.aliceWhoMayDoEverything());
    }

    @AfterEach
    void closeThePages() {
        if (served != null) {
            served.close();
        }
    }

    private void openDeployment(DeploymentRecord record) {
        browser.open(root + "deployments/" + record.id());
        browser.awaitText("#" + record.number());
    }

    private void openDeployments() {
        browser.open(root + "deployments");
        browser.awaitText("On some targets");
    }

    private void openGate() {
        browser.open(root + "gates/" + shop.gate().id());
        browser.awaitText("Still needed");
    }

    private List<String> texts(String selector) {
        return browser.driver().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    @Test
    void showsEveryApplicationWithWhatIsCurrentAndWhatWaitsForTheViewerFirst() {
        browser.awaitText("Waits for you");

        assertThat(texts("#gated-deploy thead th")).containsExactly("Application", "staging", "production");
        assertThat(texts("#gated-deploy tbody th")).containsExactly("storefront");
        assertThat(browser.await("td[data-label=production]").getText())
                .contains("v2.4.0", "Faster checkout", "ada, 5 hours ago", "Waits for you");
        assertThat(browser.await("td[data-label=staging]").getText()).contains("v2.5.1", "Sort by price");
        assertThat(browser.text()).contains("Waiting for approval: 1, for you");
        browser.await("a[aria-label='Deployments of storefront to staging']").click();
        browser.await("#gd-recent");
        assertThat(browser.driver().getCurrentUrl()).endsWith("deployments?app=storefront&environment=staging");
        assertThat(browser.await("section[aria-labelledby=gd-recent] tbody").getText())
                .contains("Sort by price")
                .doesNotContain("Search as you type");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void findsApplicationsByNameAndKeepsTheFilterInTheAddress() {
        Crowd.of(12).in(shop.sample());
        browser.awaitText("13 applications");
        browser.await("input[type=search]").sendKeys("app-07");
        browser.awaitText("1 application");
        assertThat(browser.driver().getCurrentUrl()).endsWith("#q=app-07");
        assertThat(texts("#gated-deploy tbody th")).containsExactly("app-07");

        browser.open(root + "?again#only=attention");
        browser.awaitText("Only what needs attention");
        assertThat(texts("#gated-deploy tbody th")).contains("storefront").doesNotContain("app-01");
        browser.open(root + "?more#q=nothing-of-that-name");
        browser.awaitText("No application matches.");
        browser.press("Show all");
        browser.awaitText("13 applications");
    }

    @Test
    void staysReadableWithFortyApplicationsAndOnAPhone() {
        Crowd.of(40).in(shop.sample());
        browser.size(1400, 1000);
        browser.awaitText("41 applications");
        assertThat(widthBeyondTheWindow()).isZero();
        browser.picture(picture("console-overview-many-light.png"));

        browser.size(420, 900);
        browser.awaitText("41 applications");
        assertThat(widthBeyondTheWindow()).isZero();
        assertThat(browser.barriers()).isEmpty();
        browser.picture(picture("console-overview-phone-light.png"));
        openGate();
        assertThat(widthBeyondTheWindow()).isZero();
        browser.picture(picture("console-gate-phone-light.png"));
        openDeployments();
        assertThat(widthBeyondTheWindow()).isZero();
        assertThat(browser.driver().executeScript("""
                return [...document.querySelectorAll('.gd-table :is(button, td)')]
                    .filter(part => part.getBoundingClientRect().right > window.innerWidth).length""")).isEqualTo(0L);
        assertThat(browser.barriers()).isEmpty();
        browser.picture(picture("console-deployments-phone-light.png"));
    }

    private long widthBeyondTheWindow() {
        return ((Number) browser.driver()
                        .executeScript("return Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"))
                .longValue();
    }

    /** The pictures are those of the documentation, when the system property says where to put them. */
    private Path picture(String name) {
        return Path.of(System.getProperty("gateddeploy.pictures", directory.toString()), name);
    }

    @Test
    void showsAtAGateWhatWillChangeAndTakesTheDecisionThere() {
        openGate();

        assertThat(browser.text())
                .contains("storefront to production", "Ship v2.5.1 to the customers?", "Waits for you")
                .contains("3 commits will be deployed", "Round prices half up")
                .contains("4 changed files", "src/cart/price.js", "removed", "src/cart/old.js")
                .contains("Tasks that will run", "migrate", "before the switch", "one target")
                .contains(
                        "Changes of the data's schema", "The column orders.note is dropped", "Forced: schema.data-loss")
                .contains("report/visual.html", "It is downloaded");
        assertThat(browser.await("a[download]").getText()).isEqualTo("report/visual.html");
        browser.await("textarea").sendKeys("Seen. " + HOSTILE);
        browser.press("Approve");
        browser.awaitText("1 approval more");
        browser.awaitText("Seen. <img");
        assertThat(browser.driver().findElements(By.tagName("textarea"))).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchGate() {
        browser.open(root + "gates/none");
        browser.awaitText("There is no gate none");
    }

    @Test
    void showsWhatIsCurrentWhereOneMayGoBackToAndWhatHappened() {
        browser.open(root + "deployments");
        browser.awaitText("On some targets");

        assertThat(browser.text())
                .contains("production", "staging", "v2.5.1", "Sort by price", "Waits")
                .contains("New footer with opening hours", "Failed, rolled back", "Rollback");
        assertThat(browser.driver().findElements(By.cssSelector("#gd-recent"))).hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsOnlyWhatMatchesTheFilter() {
        browser.open(root + "deployments");
        browser.await("section[aria-labelledby=gd-recent] select option[value=ROLLED_BACK]")
                .click();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> browser.driver()
                                .findElements(By.cssSelector("section[aria-labelledby=gd-recent] tbody tr"))
                                .size()
                        == 1);

        assertThat(browser.await("section[aria-labelledby=gd-recent] tbody").getText())
                .contains("Search as you type", "Failed, rolled back");
    }

    @Test
    void asksOnceBeforeItRollsBackAndGoesToTheDeploymentThatHasBegun() {
        openDeployments();
        browser.press("Roll back production to v2.5.0");
        browser.await("dialog[open]").sendKeys(Keys.ESCAPE);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() ->
                        browser.driver().findElements(By.cssSelector("dialog")).isEmpty());
        assertThat(shop.sample().history().unfinished("storefront", "production"))
                .hasSize(1);

        browser.press("Roll back production to v2.5.0");
        assertThat(browser.await("dialog[open]").getText())
                .contains("Roll back production?", "v2.5.0", "Search as you type", "It replaces", "v2.4.0");
        browser.await("#gd-reason").sendKeys("Search is slow " + HOSTILE);
        browser.press("Roll back");

        browser.awaitText("Rollback #7");
        assertThat(browser.driver().getCurrentUrl()).contains("/deployments/");
        DeploymentRecord begun =
                shop.sample().history().find("storefront", "production", 7).orElseThrow();
        assertThat(begun.actor()).isEqualTo("alice");
        assertThat(begun.reason()).isEqualTo("Search is slow " + HOSTILE);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void goesBackOnTheTargetsAloneThatAreTickedAndOnOneAtLeast() {
        openDeployments();
        browser.press("Roll back production to v2.5.0");
        assertThat(browser.await("dialog[open] input[value=web-1]").isDisplayed())
                .isFalse();
        browser.await("dialog[open] details summary").click();
        for (String target : SampleHost.TARGETS) {
            assertThat(browser.await("input[value=" + target + "]").isSelected())
                    .isTrue();
            browser.await("input[value=" + target + "]").click();
        }
        browser.awaitText("Choose one target at least.");
        assertThat(browser.await("dialog .jenkins-button--primary").isEnabled()).isFalse();
        browser.await("input[value=job-1]").click();
        browser.awaitText("v2.5.0 becomes current for storefront in production, on job-1.");
        browser.press("Roll back");

        browser.awaitText("Rollback #7");
        assertThat(shop.host().narrowed()).containsExactly(List.of("job-1"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsAGateAndTakesTheDecisionWithItsComment() {
        openDeployment(shop.held());
        browser.awaitText("Still needed");
        assertThat(browser.text())
                .contains("Ship v2.5.1 to the customers?", "2 approvals more by one of @release-managers, alice")
                .contains("3 commits since the last one", "Round prices half up");

        browser.await("textarea").sendKeys("Looks good " + HOSTILE);
        browser.press("Approve");

        browser.awaitText("1 approval more");
        browser.awaitText("Looks good <img");
        Gate gate = shop.sample().history().gates().find(shop.gate().id()).orElseThrow();
        assertThat(gate.standing(Instant.now())).isEqualTo(Standing.OPEN);
        assertThat(gate.decisions())
                .singleElement()
                .satisfies(said -> assertThat(said.person()).isEqualTo("alice"));
        assertThat(browser.driver().findElements(By.cssSelector("textarea"))).isEmpty();
        assertThat(browser.await("[role=status]").getText()).isNotNull();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void takesARejection() {
        openDeployment(shop.held());
        browser.press("Reject");

        browser.awaitText("Rejected by Alice");
        assertThat(shop.sample()
                        .history()
                        .gates()
                        .find(shop.gate().id())
                        .orElseThrow()
                        .standing(Instant.now()))
                .isEqualTo(Standing.REJECTED);
    }

    @Test
    void followsADeploymentUntilItHasEnded() {
        DeploymentRecord moving = shop.sample()
                .begin("staging", Kind.DEPLOY, SampleHistory.Version.of("v9", "Nine", "Ada"), "ada", Instant.now());
        shop.sample().event(moving, State.DEPLOYING, "", Duration.ofMillis(5));
        openDeployment(moving);
        browser.awaitText("Nothing was logged yet.");

        shop.sample().log(moving, List.of("a first line", "a second line"), "web-2");
        browser.awaitText("a second line");
        shop.sample().end(moving, State.SUCCEEDED, "All is well.", Duration.ofSeconds(3), List.of("web-1", "web-2"));

        browser.awaitText("All is well.");
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> browser.await("[role=status].gd-unseen")
                        .getAttribute("textContent")
                        .contains("Succeeded"));
        assertThat(browser.text()).contains("Has it");
    }

    @Test
    void showsWhatPeopleWroteAsTextWhateverItLooksLike() {
        SampleHistory.Version version = new SampleHistory.Version(HOSTILE, "e".repeat(40), HOSTILE, HOSTILE);
        DeploymentRecord record = shop.sample().begin("staging", Kind.DEPLOY, version, HOSTILE, Instant.now());
        shop.sample().log(record, List.of("log " + HOSTILE), "web-1");
        shop.sample().problem(record, "x.y", HOSTILE, HOSTILE);
        shop.sample().end(record, State.SUCCEEDED, HOSTILE, Duration.ofSeconds(1), List.of(HOSTILE));

        browser.open(root);
        browser.awaitText("onerror=");
        assertNothingBecameMarkup("Overview");
        browser.open(root + "deployments");
        browser.awaitText("onerror=");
        browser.awaitText("On every target");
        assertNothingBecameMarkup("Deployments");
        hostileGate();
        openDeployment(record);
        browser.awaitText("log <img src=x onerror=");

        assertNothingBecameMarkup("Deployment");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhatPeopleWroteInTheDialogAndInLanesPinsAndSkipsAsText() throws Exception {
        Instant now = Instant.now();
        SampleHistory.Version version = new SampleHistory.Version(HOSTILE, "e".repeat(40), HOSTILE, HOSTILE);
        DeploymentRecord record = shop.sample().begin("production", Kind.DEPLOY, version, HOSTILE, now);
        shop.sample().problem(record, "schema.data-loss", "Lost: " + HOSTILE, HOSTILE);
        shop.sample().end(record, State.SUCCEEDED, HOSTILE, Duration.ofMillis(1), SampleHost.TARGETS);
        History history = shop.sample().history();
        history.pins()
                .add(new Pin(
                        "p1",
                        SampleHistory.APP,
                        "production",
                        "<b>x</b>".repeat(5),
                        HOSTILE,
                        record.id(),
                        HOSTILE,
                        now,
                        Optional.empty()));
        Lined.join(shop.sample(), "production", "", now, "Who " + HOSTILE);
        Lane lane = new Lane(SampleHistory.APP, "production");
        history.lanes().pause(lane, "Why " + HOSTILE, new Steward(new Actor(HOSTILE, HOSTILE, Set.of()), true), now);
        Skipped.note(
                history.audit(),
                new Place(SampleHistory.APP, "production"),
                new Actor("(scm)", "By " + HOSTILE, Set.of()),
                new Origin(HOSTILE, 1, "Build " + HOSTILE),
                "Skipped " + HOSTILE,
                now);

        browser.open(root);
        browser.awaitText("Paused");
        assertNothingBecameMarkup("Overview");
        browser.open(root + "deployments");
        for (String words : List.of("Who ", "Why ", "By ", "Skipped ", "Build ", "taken back by ")) {
            browser.awaitText(words + HOSTILE);
        }
        browser.awaitText("On every target");
        browser.press("Roll back production to v2.4.0");
        assertThat(browser.await("dialog[open]").getText())
                .contains("Lost: " + HOSTILE, "seed of " + HOSTILE + " ran once")
                .contains("migrate of " + HOSTILE);
        assertNothingBecameMarkup("Deployments");
        assertThat(browser.complaints()).isEmpty();
    }

    /** All that people can have written of a plan: in git, in deploy.toml, in the names of what was archived. */
    private void hostileGate() {
        Instant now = Instant.now();
        shop.host().plan(List.of(new Commit("e".repeat(40), HOSTILE, HOSTILE + " <x@example.org>", HOSTILE, now)));
        Task task = new Task(
                HOSTILE,
                "echo " + HOSTILE,
                Task.Phase.PREPARE,
                false,
                Set.of(HOSTILE),
                Optional.empty(),
                false,
                false,
                Duration.ofMinutes(1));
        ChangedFiles files =
                new ChangedFiles(List.of(new ChangedFiles.ChangedFile(HOSTILE, ChangedFiles.Kind.ADDED)), 1, true);
        shop.host()
                .plan(
                        new Effects(Optional.of(files), List.of(task)),
                        new Judgement(
                                List.of(
                                        Problem.error("schema.x", HOSTILE, HOSTILE),
                                        Problem.error("a.b", HOSTILE, HOSTILE)),
                                new Forced(List.of("a.b", "schema.x"), HOSTILE)));
        shop.host().show(new EvidenceDocument(HOSTILE, "javascript:document.title='hacked'", false, HOSTILE));
        browser.open(root + "gates/" + shop.gate().id());
        browser.awaitText("Tasks that will run");
        assertThat(texts("#gd-files ~ *, .gd-files")).anyMatch(text -> text.contains(HOSTILE));
        assertThat(browser.driver().findElements(By.cssSelector("a[href^='javascript:']")))
                .isEmpty();
        assertNothingBecameMarkup("Approval");
    }

    private void assertNothingBecameMarkup(String title) {
        assertThat(browser.driver().getTitle()).isEqualTo(title + " – Gated Deploy");
        assertThat(browser.driver().findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.driver().findElements(By.tagName("script"))).hasSize(1);
    }

    @Test
    void runsNothingInlineNotEvenWhatOneOfOurPagesWouldBring() {
        browser.driver().executeScript("""
                const script = document.createElement('script');
                try { script.text = "document.title = 'hacked'"; } catch (refused) { window.refused = true; }
                document.body.append(script);
                try { document.body.insertAdjacentHTML('beforeend', '<b id=made>x</b>'); } catch (refused) {}
                const style = document.createElement('div');
                style.setAttribute('style', 'position: fixed');
                style.id = 'styled';
                document.body.append(style);
                """);

        assertThat(browser.driver().getTitle()).doesNotContain("hacked");
        assertThat(browser.driver().findElements(By.id("made"))).isEmpty();
        assertThat(browser.driver().findElement(By.id("styled")).getCssValue("position"))
                .isEqualTo("static");
        assertThat(browser.complaints()).anyMatch(line -> line.contains("Content Security Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void putsNoSeriousBarrierBeforeAnybody(String scheme) {
        browser.prefer(scheme);
        browser.awaitText("Waits for you");
        assertThat(browser.barriers()).isEmpty();
        openGate();
        assertThat(browser.barriers()).isEmpty();
        openDeployments();
        assertThat(browser.barriers()).isEmpty();
        browser.press("Roll back production to v2.3.0");
        browser.await("dialog[open]");
        assertThat(browser.barriers()).isEmpty();
        openDeployment(shop.held());
        browser.awaitText("Waiting for 2 approvals");
        assertThat(browser.barriers()).isEmpty();
        openDeployment(shop.failed());
        browser.awaitText("GET /health: 503");
        assertThat(browser.barriers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void followsTheColoursOfThePerson(String scheme) {
        Crowd.of(6).in(shop.sample());
        browser.prefer(scheme);
        browser.size(1400, 1000);
        browser.awaitText("7 applications");
        browser.picture(picture("console-overview-" + scheme + ".png"));
        openGate();
        browser.size(1400, 1200);
        browser.picture(picture("console-gate-" + scheme + ".png"));
        browser.open(root + "deployments?app=storefront");
        browser.awaitText("On some targets");
        browser.size(1400, 1180);
        browser.picture(picture("console-deployments-" + scheme + ".png"));
        browser.press("Roll back production to v2.3.0");
        browser.await("#gd-undo").click();
        browser.size(1400, 1100);
        browser.picture(picture("console-rollback-" + scheme + ".png"));
        openDeployment(shop.held());
        browser.awaitText("Waiting for 2 approvals");
        browser.size(1200, 1480);
        browser.picture(picture("console-deployment-" + scheme + ".png"));

        String background = browser.await("body").getCssValue("background-color");
        assertThat(background).isEqualTo(scheme.equals("light") ? "rgba(255, 255, 255, 1)" : "rgba(22, 23, 29, 1)");
    }
}
