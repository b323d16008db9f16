package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The installed Chromium, without a window. */
public final class Browser implements AutoCloseable {
    /** Long: a loaded machine starts nothing quickly. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Complains at each start that it has no classes for this Chromium's protocol; none of those are used here. */
    private static final Logger PROTOCOL_VERSIONS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** {@return a browser with a profile of its own; where none is installed the test is skipped} */
    public static Browser start(Path profile) {
        RealPrograms.require("chromium", "chromedriver");
        PROTOCOL_VERSIONS.setLevel(Level.OFF);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(RealPrograms.find("chromium").orElseThrow().toFile());
        // Root in a container has no sandbox, and little shared memory.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--window-size=1280,1000",
                "--lang=en-GB",
                "--user-data-dir=" + profile);
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        RealPrograms.find("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** {@return the driver itself} */
    public ChromeDriver driver() {
        return driver;
    }

    /** Goes to an address. */
    public void open(String address) {
        driver.get(address);
    }

    /** Asks pages for dark colours, or for light ones. */
    public void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Makes the window so wide that a page is laid out for it. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** A page may be drawn anew, or left, while it is looked at. */
    private FluentWait<WebDriver> waiting() {
        return new WebDriverWait(driver, PATIENCE).ignoring(WebDriverException.class);
    }

    /** {@return the first element that matches, as soon as it is there} */
    public WebElement await(String selector) {
        return waiting()
                .withMessage(() -> selector + " in " + driver.getPageSource())
                .until(d -> d.findElements(By.cssSelector(selector)).stream()
                        .findFirst()
                        .orElse(null));
    }

    /** Waits until the page says something. */
    public void awaitText(String text) {
        waiting().withMessage(() -> "\"" + text + "\" in " + text()).until(d -> text().contains(text));
    }

    /** {@return everything that the page says} */
    public String text() {
        // One question: an element that was found may be gone with its page when it is asked for its text.
        return String.valueOf(driver.executeScript("return document.body ? document.body.innerText : ''"));
    }

    /** Clicks a button by what it is called to a screen reader. */
    public void press(String name) {
        waiting()
                .withMessage(() -> "a button " + name + " in " + text())
                .until(d -> d.findElements(By.tagName("button")).stream()
                        .filter(b -> b.isDisplayed() && b.isEnabled() && name.equals(b.getAccessibleName()))
                        .findFirst()
                        .map(button -> {
                            button.click();
                            return true;
                        })
                        .orElse(false));
    }

    /** Keeps what the window shows. */
    public void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what the browser complained of since it was last asked: errors of scripts, violations of the policy} */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** {@return what keeps people from using the page, the serious and the critical; each with its places} */
    @SuppressWarnings("unchecked")
    public List<String> barriers() {
        // The driver's scripts are outside the page's policy.
        driver.executeScript(axe());
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                  .then(found => done(found.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.help + ': '
                        + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))),
                    error => done(['axe failed: ' + error]));
                """);
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
