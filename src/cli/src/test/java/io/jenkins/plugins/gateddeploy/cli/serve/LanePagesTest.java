package io.jenkins.plugins.gateddeploy.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.console.fixture.Lined;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Lanes in a real browser. */
class LanePagesTest {
    private static final Lane LANE = new Lane(SampleHistory.APP, "staging");

    @TempDir
    private Path directory;

    private ServedShop served;
    private Browser browser;
    private History history;
    private List<Entry> entries;

    @BeforeEach
    void openTheBrowser() {
        served = new ServedShop(directory);
        browser = served.browser();
        Shop shop = served.shop();
        history = shop.sample().history();
        entries = Lined.up(shop.sample(), "staging", Instant.now(), "ada", "bob", "alice", "carol");
    }

    @AfterEach
    void close() {
        if (served != null) {
            served.close();
        }
    }

    private void openAs(Viewer viewer) throws Exception {
        browser.open(served.showTo(viewer) + "deployments");
        browser.awaitText("Lanes");
    }

    private static Actor alice() {
        return new Actor("alice", "Alice", Set.of());
    }

    /** Read at once: the page may write its rows anew at any moment. */
    private List<String> column(int number) {
        Object texts = browser.driver()
                .executeScript(
                        "return [...document.querySelectorAll(arguments[0])].map(cell => cell.innerText)",
                        ".gd-lane tbody td:nth-child(" + number + ")");
        return ((List<?>) texts).stream().map(String::valueOf).toList();
    }

    private void press(String label) {
        browser.await("button[aria-label='" + label + "']").click();
    }

    @Test
    void letsAManagerReorderTakeOutAndPause() throws Exception {
        openAs(new Viewer(alice(), (act, app, environment) -> true));
        String last = entries.get(3).claim().title();

        assertThat(column(1)).containsExactly("Its turn", "1", "2", "3");
        assertThat(column(2))
                .isEqualTo(entries.stream().map(e -> e.claim().title()).toList());
        assertThat(column(3)).containsExactly("ada", "bob", "alice", "carol");

        press("Let " + last + " go next");
        browser.await(".gd-lane tbody tr:nth-child(2)");
        Awaitility.await().until(() -> column(3).equals(List.of("ada", "carol", "bob", "alice")));

        press("Take " + last + " out of the lane");
        browser.await(".gd-why input").sendKeys("Not <b>today</b>", Keys.ENTER);
        Awaitility.await().until(() -> column(3).equals(List.of("ada", "bob", "alice")));
        assertThat(history.find(entries.get(3).claim().deployment()).orElseThrow())
                .satisfies(record -> assertThat(record.state()).isEqualTo(State.CANCELLED))
                .satisfies(record -> assertThat(record.message()).endsWith("Alice (alice): Not <b>today</b>"));

        press("Pause the lane of storefront to staging");
        browser.await(".gd-why input").sendKeys("The database is moved", Keys.ENTER);
        browser.awaitText("alice: The database is moved");
        browser.awaitText("after the pause");
        assertThat(history.lanes().queue(LANE).pause()).isPresent();
        press("Resume the lane of storefront to staging");
        Awaitility.await().until(() -> history.lanes().queue(LANE).pause().isEmpty());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsOthersWhereTheyAreAndTellsThemWhatHappensMeanwhile() throws Exception {
        openAs(new Viewer(alice(), (act, app, environment) -> act == Act.VIEW));

        assertThat(browser.driver().findElements(By.cssSelector(".gd-lane button")))
                .extracting(button -> button.getDomAttribute("aria-label"))
                .containsExactly("Take " + entries.get(2).claim().title() + " out of the lane");

        history.lanes().pause(LANE, "Lunch", new Steward(alice(), true), Instant.now());
        browser.awaitText("alice: Lunch");
        Lined.join(served.shop().sample(), "staging", "", Instant.now(), "dave");
        browser.awaitText("dave");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void leadsFromTheOverviewToTheLaneThatSomethingWaitsIn() throws Exception {
        served.showTo(new Viewer(alice(), (act, app, environment) -> true));
        browser.awaitText("3 wait");
        history.lanes().pause(LANE, "Lunch <b>now</b>", new Steward(alice(), true), Instant.now());
        browser.awaitText("Paused");
        assertThat(browser.await("td[data-label=staging]").getText())
                .contains("3 wait")
                .doesNotContain("Queued");

        browser.size(1280, 500);
        browser.await("a[aria-label='Lane of storefront to staging: 3 wait, paused']")
                .click();
        browser.awaitText("alice: Lunch <b>now</b>");
        assertThat(browser.driver().getCurrentUrl())
                .endsWith("deployments?app=storefront&environment=staging#lane=storefront%2Fstaging");
        Awaitility.await()
                .until(() -> browser.driver()
                        .executeScript("return document.querySelector('.gd-lane h3').getBoundingClientRect().top < 500")
                        .equals(true));
        assertThat(browser.complaints()).isEmpty();
    }

    /** The pictures are those of the documentation, when the system property says where to put them. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void canBeReadInBothSchemes(String scheme) throws Exception {
        browser.prefer(scheme);
        browser.size(1400, 1100);
        openAs(new Viewer(alice(), (act, app, environment) -> true));

        String folder = System.getProperty("gateddeploy.pictures", directory.toString());
        browser.picture(Path.of(folder, "console-lane-" + scheme + ".png"));
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
