package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.jenkins.host.TimeSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.WebElement;

/** The form of a schedule, as people see it. */
@WithJenkins
class ScheduleFormTest {
    @TempDir
    private Path directory;

    /** Always the same picture. */
    @TestExtension
    public static final class Standing implements TimeSource {
        @Override
        public Clock clock() {
            return Clock.fixed(Instant.parse("2030-05-01T09:00:00Z"), ZoneOffset.UTC);
        }
    }

    @Test
    void showsTheNextFiveTimesWhileTheyAreTyped(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("storefront");
        ScheduledDeployment schedule = new ScheduledDeployment(
                "weekly on sun at 02:00 in Europe/Berlin, America/New_York\nmonthly on last at 23:00 in UTC");
        schedule.setRef("latest:v*");
        job.addTrigger(schedule);
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.size(1280, 1500);
            browser.open(job.getAbsoluteUrl() + "configure");
            browser.awaitText("Sun 2030-05-05 02:00 Europe/Berlin; Sun 2030-05-05 02:00 America/New_York");

            WebElement times = browser.await("textarea[name='_.times']");
            browser.picture(Path.of(System.getProperty("gateddeploy.pictures", directory.toString()))
                    .resolve("jenkins-schedule-light.png"));
            assertThat(times.getDomProperty("value")).contains("weekly on sun");
            times.clear();
            times.sendKeys("daily at 25:00\t");
            browser.awaitText("is no time from 00:00 to 23:59");
        }
    }
}
