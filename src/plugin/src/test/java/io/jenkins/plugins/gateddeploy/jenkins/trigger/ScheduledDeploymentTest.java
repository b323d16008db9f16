package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.TimeSource;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Schedules in a real Jenkins whose clock is moved. */
class ScheduledDeploymentTest {
    private static final Instant MIDNIGHT = Instant.parse("2030-05-01T00:00:00Z");
    private static final String DAILY = "daily at 02:00 in UTC";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** What time it is. */
    @TestExtension
    public static final class Moved extends Clock implements TimeSource {
        private static final AtomicReference<Instant> NOW = new AtomicReference<>(MIDNIGHT);

        @Override
        public Clock clock() {
            return this;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return NOW.get();
        }
    }

    @Test
    void startsTheJobOnceAtEachTime() throws Throwable {
        Moved.NOW.set(MIDNIGHT);
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            job.setDefinition(new CpsFlowDefinition("echo \"deploys ${env.GATED_DEPLOY_REF}\"", true));
            ScheduledDeployment schedule = new ScheduledDeployment(DAILY);
            schedule.setRef("latest:v*");
            job.addTrigger(schedule);

            at(jenkins, Duration.ofMinutes(119));
            assertThat(job.getBuilds()).isEmpty();
            at(jenkins, Duration.ofMinutes(120));
            at(jenkins, Duration.ofMinutes(121));
            assertThat(job.getBuilds()).hasSize(1);
            WorkflowRun build = jenkins.assertBuildStatusSuccess(job.getLastBuild());
            jenkins.assertLogContains("deploys latest:v*", build);
            jenkins.assertLogContains("Scheduled deployment", build);
            jenkins.assertLogNotContains(", late:", build);

            // A look that was long in coming, while Jenkins was running, is not late.
            at(jenkins, Duration.ofHours(30));
            assertThat(job.getBuilds()).hasSize(2);
            jenkins.assertLogNotContains(", late:", job.getLastBuild());

            job.setDisabled(true);
            at(jenkins, Duration.ofHours(60));
            assertThat(job.getBuilds()).hasSize(2);
        });
    }

    @Test
    void makesUpOnceForWhatWasMissedOrSkipsIt() throws Throwable {
        Moved.NOW.set(MIDNIGHT);
        sessions.then(jenkins -> {
            for (String missed : new String[] {ScheduledDeployment.LATE, ScheduledDeployment.SKIP}) {
                FreeStyleProject job = jenkins.createFreeStyleProject(missed);
                ScheduledDeployment schedule = new ScheduledDeployment(DAILY);
                schedule.setMissed(missed);
                job.addTrigger(schedule);
                job.save();
            }
            at(jenkins, Duration.ofMinutes(1));
        });
        Moved.NOW.set(MIDNIGHT.plus(Duration.ofDays(3)).plus(Duration.ofHours(5)));
        sessions.then(jenkins -> {
            Schedules.get().look();
            jenkins.waitUntilNoActivity();
            Job<?, ?> late = jenkins.jenkins.getItemByFullName("late", Job.class);
            Job<?, ?> skip = jenkins.jenkins.getItemByFullName("skip", Job.class);

            assertThat(late.getBuilds()).hasSize(1);
            jenkins.assertLogContains(
                    "Scheduled deployment, late: it was due at Sat 2030-05-04 02:00", late.getLastBuild());
            assertThat(skip.getBuilds()).isEmpty();

            at(jenkins, Duration.ofDays(4).plusHours(2));
            assertThat(late.getBuilds()).hasSize(2);
            assertThat(skip.getBuilds()).hasSize(1);
        });
    }

    /** Something of Jenkins that is broken for one job. */
    @TestExtension("startsEachOnceThoughOneCannotBeStarted")
    public static final class Broken extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            if (task.getName().equals("b-broken")) {
                throw new IllegalStateException("broken");
            }
            return true;
        }
    }

    @Test
    void startsEachOnceThoughOneCannotBeStarted() throws Throwable {
        Moved.NOW.set(MIDNIGHT);
        sessions.then(jenkins -> {
            // Not to be read as text, as after a crash of the machine.
            Files.write(JenkinsHost.get().scheduled(), new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xff});
            List<WorkflowJob> jobs = new ArrayList<>();
            for (String name : List.of("a-before", "b-broken", "c-after")) {
                WorkflowJob job = job(jenkins, name);
                job.addTrigger(new ScheduledDeployment(DAILY));
                jobs.add(job);
            }
            at(jenkins, Duration.ofMinutes(1));

            at(jenkins, Duration.ofMinutes(121));
            at(jenkins, Duration.ofMinutes(122));

            assertThat(jobs).extracting(job -> job.getBuilds().size()).containsExactly(1, 0, 1);
        });
    }

    @Test
    void losesNothingThatIsDueWhenTheJobIsSaved() throws Throwable {
        Moved.NOW.set(MIDNIGHT);
        sessions.then(jenkins -> {
            WorkflowJob same = job(jenkins, "same");
            WorkflowJob other = job(jenkins, "other");
            for (WorkflowJob job : List.of(same, other)) {
                job.addTrigger(new ScheduledDeployment(DAILY));
            }
            at(jenkins, Duration.ofMinutes(119));
            // Nothing looks meanwhile.
            synchronized (Schedules.get()) {
                Moved.NOW.set(MIDNIGHT.plus(Duration.ofMinutes(121)));
                for (WorkflowJob job : List.of(same, other)) {
                    job.addTrigger(new ScheduledDeployment(job == same ? DAILY : DAILY + "\n0 1 1 1 *"));
                }
            }

            at(jenkins, Duration.ofMinutes(121));

            assertThat(same.getBuilds()).hasSize(1);
            // These are other times, which it has had only since.
            assertThat(other.getBuilds()).isEmpty();
        });
    }

    @Test
    void showsTheNextTimesInTheFormAndKeepsWhatWasTyped() throws Throwable {
        Moved.NOW.set(MIDNIGHT);
        sessions.then(jenkins -> {
            FreeStyleProject job = jenkins.createFreeStyleProject("shop");
            ScheduledDeployment schedule = new ScheduledDeployment("monthly on 31 at 02:00 in UTC\nH 3 * * 0");
            schedule.setRef("environment:staging");
            schedule.setMissed(ScheduledDeployment.SKIP);
            job.addTrigger(schedule);
            ScheduledDeployment.DescriptorImpl form = (ScheduledDeployment.DescriptorImpl) schedule.getDescriptor();

            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                HtmlForm configuration = client.getPage(job, "configure").getFormByName("config");
                jenkins.submit(configuration);
            }
            ScheduledDeployment kept = job.getTrigger(ScheduledDeployment.class);
            jenkins.assertEqualDataBoundBeans(schedule, kept);

            assertThat(form.doCheckTimes(job, DAILY).getMessage())
                    .contains("Wed 2030-05-01 02:00 UTC; Thu 2030-05-02 02:00 UTC; Fri 2030-05-03 02:00 UTC;"
                            + " Sat 2030-05-04 02:00 UTC; Sun 2030-05-05 02:00 UTC");
            assertThat(form.doCheckTimes(job, "daily at 25:00").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(form.doCheckTimes(job, "daily at <b>").renderHtml()).doesNotContain("<b>");
            assertThat(form.doCheckTimes(job, "").kind).isEqualTo(FormValidation.Kind.WARNING);
        });
    }

    @Test
    void isATriggerOfDeclarativePipelines() throws Throwable {
        Moved.NOW.set(MIDNIGHT);
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            job.setDefinition(new CpsFlowDefinition("""
                    pipeline {
                      agent none
                      triggers {
                        scheduledDeployment(times: 'weekly on sun at 02:00 in UTC', ref: 'main', missed: 'skip')
                        startByPush(repository: 'https://github.example/shop/storefront')
                      }
                      stages { stage('x') { steps { echo "deploys ${env.GATED_DEPLOY_REF}" } } }
                    }
                    """, true));
            at(jenkins, Duration.ZERO);
            jenkins.buildAndAssertSuccess(job);
            assertThat(job.getTriggers().values())
                    .hasAtLeastOneElementOfType(ScheduledDeployment.class)
                    .hasAtLeastOneElementOfType(PushTrigger.class);

            at(jenkins, Duration.ofDays(4).plusHours(2));

            assertThat(job.getBuilds()).hasSize(2);
            jenkins.assertLogContains("deploys main", job.getLastBuild());
        });
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("echo 'deploys'", true));
        return job;
    }

    private static void at(JenkinsRule jenkins, Duration afterMidnight) throws Exception {
        Moved.NOW.set(MIDNIGHT.plus(afterMidnight));
        Schedules.get().look();
        jenkins.waitUntilNoActivity();
    }
}
