package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.DarkTheme;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;

/** Deploying by hand, as dora sees it. */
@WithJenkins
class DeployInBrowserTest {
    private static final String TASKS = """

        [tasks]
        install     = "echo install"
        migrate     = "echo migrate"
        clear_cache = { run = "echo clear", at = "switched" }
        """;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Browser browser;

    @Test
    void leadsFromTheConsoleOverThePlanToTheDeployment(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (Shop shop = Shop.open(directory, 2);
                Browser open = Browser.start(directory.resolve("profile"))) {
            browser = open;
            People.moveInto(jenkins);
            shop.introduceToJenkins();
            WorkflowJob job = deployed(shop);
            RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
            registered.setFreezes(List.of("2020-01-01 until 2999-12-31 UTC: Ice age"));
            registered.setEmergency(List.of("dora"));
            GatedDeployConfiguration.get().setEnvironments(List.of(registered));
            logIn("dora");

            browser.open(job.getAbsoluteUrl() + "deployments/");
            browser.await(".gd-card a[href*='/deploy/form']").click();
            browser.awaitText("Show the plan");
            browser.driver().findElement(By.id("gd-ref")).sendKeys("v1.1.0");
            browser.driver().findElement(By.cssSelector("label[for=gd-skip-1]")).click();
            browser.driver().findElement(By.id("gd-reason")).sendKeys("Sorting by price is broken");
            assertThat(browser.driver().findElements(By.cssSelector("#gd-choices option")))
                    .extracting(option -> option.getDomAttribute("value"))
                    .contains("main", "v1.1.0", "a\"><b>&'");
            assertThat(browser.barriers("#main-panel")).isEmpty();
            pictures("jenkins-deploy-form");
            submit("deploy");
            browser.awaitText("It opens next at 3000-01-01 00:00 (UTC)");
            assertThat(browser.driver().findElements(By.name("begin"))).isEmpty();

            browser.driver().findElement(By.linkText("Change it")).click();
            browser.awaitText("Show the plan");
            assertThat(browser.driver().findElement(By.id("gd-skip-1")).isSelected())
                    .isTrue();
            assertThat(browser.driver().findElement(By.id("gd-skip-0")).isSelected())
                    .isFalse();
            assertThat(browser.driver().findElement(By.id("gd-reason")).getDomProperty("value"))
                    .isEqualTo("Sorting by price is broken");
            browser.await("form[name=deploy] summary").click();
            browser.driver().findElement(By.id("gd-emergency")).sendKeys("The shop is down");
            submit("deploy");
            browser.awaitText("In an emergency it goes on: The shop is down");
            browser.awaitText("left out");
            assertThat(browser.barriers("#main-panel")).isEmpty();
            pictures("jenkins-deploy-plan");
            submit("begin");
            browser.awaitText("Succeeded");

            assertThat(shop.page(0)).isEqualTo("v1.1.0");
            takesBackWhatWaits(job, registered);
            assertThat(shop.page(0)).isEqualTo("v1.1.0");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void takesBackWhatWaits(WorkflowJob job, RegisteredEnvironment registered) throws Exception {
        registered.setWaitsOutside(true);
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
        browser.open(job.getAbsoluteUrl()
                + "deployments/deploy/form/?app=shop&environment=production&ref=v1.0.0&reason=A+mistake");
        browser.awaitText("Show the plan");
        submit("deploy");
        browser.awaitText("waits until 3000-01-01 00:00 (UTC)");
        submit("begin");
        browser.awaitText("As long as it waits");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        pictures("jenkins-deploy-waits");
        submit("takeBack");
        browser.awaitText("Taken back by dora (dora).");
        browser.awaitText("Cancelled");
        assertThat(browser.driver().findElements(By.name("takeBack"))).isEmpty();
    }

    private WorkflowJob deployed(Shop shop) throws Exception {
        shop.version("v1.0.0", TASKS);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "storefront");
        job.setDefinition(
                new CpsFlowDefinition("node {\n" + shop.checkout("v1.0.0") + "deployApp 'production'\n}", true));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(People.start(job)));
        shop.version("v1.1.0", TASKS);
        shop.repository().branch("a\"><b>&'").file("index.html", "x\n").commit("Sort by price");
        return job;
    }

    private void submit(String form) {
        browser.driver()
                .findElement(By.cssSelector("form[name=" + form + "] button[type=submit]"))
                .click();
    }

    private void logIn(String id) throws Exception {
        browser.size(1400, 1300);
        browser.open(jenkins.getURL() + "login");
        browser.await("input[name=j_username]").sendKeys(id);
        browser.await("input[name=j_password]").sendKeys(id);
        browser.await("button[name=Submit]").click();
        browser.await("a[href*='logout'], .jenkins-header, #page-header");
    }

    private void pictures(String name) {
        Path folder = Path.of(System.getProperty("gateddeploy.pictures", directory.toString()));
        for (String scheme : new String[] {"dark", "light"}) {
            browser.prefer(scheme);
            DarkTheme.wear(browser, scheme.equals("dark"));
            browser.size(1400, 1300);
            browser.picture(folder.resolve(name + "-" + scheme + ".png"));
        }
    }
}
