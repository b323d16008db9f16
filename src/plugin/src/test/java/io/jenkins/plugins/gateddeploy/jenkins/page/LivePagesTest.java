package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.console.fixture.LongLog;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.DarkTheme;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;

/** A deployment that is followed while it runs, over Jenkins' own web server and its filters. */
@WithJenkins
class LivePagesTest {
    private static final int PATIENCE = 180;
    private static final int VIEWERS = 200;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Shop shop;
    private Browser browser;
    private WorkflowJob job;

    @BeforeEach
    void openAShop(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = Shop.open(directory, 2);
        People.moveInto(jenkins);
        shop.introduceToJenkins();
        job = jenkins.createProject(WorkflowJob.class, "storefront");
        browser = Browser.start(directory.resolve("profile"));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        shop.close();
    }

    private static History history() {
        return JenkinsHost.get().history();
    }

    private void logIn(String id) throws Exception {
        browser.size(1400, 1300);
        browser.open(jenkins.getURL() + "login");
        browser.await("input[name=j_username]").sendKeys(id);
        browser.await("input[name=j_password]").sendKeys(id);
        browser.await("button[name=Submit]").click();
        browser.await("a[href*='logout'], .jenkins-header, #page-header");
    }

    private HttpResponse<InputStream> stream(HttpClient client, String person, String query) throws Exception {
        String login = Base64.getEncoder().encodeToString((person + ":" + person).getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + "job/storefront/deployments/api/events" + query))
                        .header("Authorization", "Basic " + login)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String first(InputStream events) throws Exception {
        byte[] bytes = new byte["event: hello".length()];
        events.readNBytes(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private DeploymentRecord deploy(Path gate) throws Exception {
        String tasks = "[tasks]\nbuild = \"printf 'one \\\\033[32mgreen\\\\033[0m\\\\n'; while [ ! -e " + gate
                + " ]; do sleep 0.2; done; echo two; echo 'Error: three'\"\n";
        shop.version("slow", tasks);
        job.setDefinition(
                new CpsFlowDefinition("node {\n" + shop.checkout("slow") + "deployApp 'production'\n}", true));
        WorkflowRun build = People.start(job);
        return Awaitility.await()
                .atMost(PATIENCE, TimeUnit.SECONDS)
                .until(
                        () -> {
                            assertThat(build.getResult())
                                    .as(JenkinsRule.getLog(build))
                                    .isNotEqualTo(Result.FAILURE);
                            return history().find("shop", "production", 1);
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void followsADeploymentWithoutAThreadForEachViewer() throws Exception {
        Path gate = directory.resolve("go-on");
        DeploymentRecord record = deploy(gate);
        logIn("rita");
        browser.open(job.getAbsoluteUrl() + "deployments/" + record.id());
        browser.awaitText("one green");
        assertThat(browser.await(".gd-log .gd-ansi-f2").getText()).isEqualTo("green");
        assertThat(browser.await("li[aria-current=step]").getText()).contains("Tasks before");
        // Its own.
        Awaitility.await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> live().streams() == 1);

        HttpClient client = HttpClient.newHttpClient();
        int threads = webServerThreads();
        List<InputStream> viewers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            HttpResponse<InputStream> response = stream(client, "rita", "?deployment=" + record.id());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(first(response.body())).isEqualTo("event: hello");
            viewers.add(response.body());
        }
        assertThat(live().streams()).isEqualTo(VIEWERS + 1);
        assertThat(webServerThreads()).isLessThan(threads + VIEWERS / 10);
        assertThat(stream(client, "rita", "?deployment=none").statusCode()).isEqualTo(404);
        for (InputStream viewer : viewers) {
            viewer.close();
        }

        Files.createFile(gate);
        browser.awaitText("Error: three");
        browser.awaitText("Succeeded");
        browser.awaitText("Has it");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
        pictures("jenkins-log");
        LongLog.append(history().find(record.id()).orElseThrow().log(), 1, 200_000);
        browser.open(job.getAbsoluteUrl() + "deployments/" + record.id());
        browser.awaitText("line 200000 ");
        assertThat(browser.driver()
                        .findElements(By.cssSelector(".gd-log__line"))
                        .size())
                .isBetween(5, 60);
        jenkins.waitUntilNoActivity();
    }

    @Test
    void endsTheStreamOfWhoeverLogsOutOrMayNotReadAnyMore() throws Exception {
        Path gate = directory.resolve("go-on");
        DeploymentRecord record = deploy(gate);
        logIn("rita");
        browser.open(job.getAbsoluteUrl() + "deployments/" + record.id());
        browser.awaitText("one green");
        Awaitility.await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> live().streams() == 1);
        // In another window of the same session.
        browser.driver().executeScript("window.open('" + jenkins.getURL() + "logout')");
        Awaitility.await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> live().streams() == 0);

        HttpClient client = HttpClient.newHttpClient();
        InputStream events =
                stream(client, "dora", "?deployment=" + record.id()).body();
        assertThat(first(events)).isEqualTo("event: hello");
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toAuthenticated());
        Files.createFile(gate);
        Awaitility.await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> live().streams() == 0);
        assertThat(rest(events)).doesNotContain("Succeeded");
        assertThat(stream(client, "dora", "?deployment=" + record.id()).statusCode())
                .isEqualTo(404);
        jenkins.waitUntilNoActivity();
    }

    /** {@return what still comes; a server that ends a stream need not end its last chunk} */
    private static String rest(InputStream events) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            for (int next = events.read(); next >= 0; next = events.read()) {
                rest.write(next);
            }
        } catch (IOException e) {
            // It was cut off, which is an end too.
        }
        return rest.toString(StandardCharsets.UTF_8);
    }

    private static Live live() {
        return Consoles.get().live();
    }

    /** Those that answer requests, busy ones only: a pool keeps some for later. */
    private static int webServerThreads() {
        return (int) Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("io.jenkins.plugins.gateddeploy")
                                || frame.getClassName().startsWith("org.kohsuke.stapler")))
                .count();
    }

    private void pictures(String name) throws Exception {
        Path folder = Path.of(System.getProperty("gateddeploy.pictures", directory.toString()));
        for (String scheme : new String[] {"dark", "light"}) {
            browser.prefer(scheme);
            DarkTheme.wear(browser, scheme.equals("dark"));
            browser.size(1400, 1300);
            browser.picture(folder.resolve(name + "-" + scheme + ".png"));
            browser.size(420, 1500);
            browser.picture(directory.resolve(name + "-narrow-" + scheme + ".png"));
            if (System.getProperty("gateddeploy.pictures") != null) {
                browser.picture(folder.resolve("narrow-" + name + "-" + scheme + ".png"));
            }
        }
        browser.size(1400, 1300);
    }
}
