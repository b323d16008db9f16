package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Builder;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeploymentAction;
import io.jenkins.plugins.gateddeploy.jenkins.order.WorkspaceSource;
import io.jenkins.plugins.gateddeploy.jenkins.step.DeployAppStep;
import io.jenkins.plugins.gateddeploy.jenkins.step.RollbackToStep;
import io.jenkins.plugins.gateddeploy.jenkins.step.VerifyProdConfigStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.GregorianCalendar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

@WithJenkins
class BuildersTest {
    @TempDir
    private Path directory;

    @Test
    void aTimerDeploysAndAPersonRollsBack(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 2)) {
            shop.introduceToJenkins();
            FreeStyleProject job = job(jenkins, shop);
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHERE", "production")));
            job.getBuildersList().add(new VerifyBuilder(new VerifyProdConfigStep("${WHERE}")));
            job.getBuildersList().add(new DeployBuilder(new DeployAppStep("$WHERE")));
            TimerTrigger timer = new TimerTrigger("* * * * *");
            job.addTrigger(timer);
            timer.start(job, true);

            Trigger.checkTriggers(new GregorianCalendar());
            jenkins.waitUntilNoActivity();

            // Jenkins' own clock may have struck as well.
            FreeStyleBuild first = jenkins.assertBuildStatusSuccess(job.getBuildByNumber(1));
            assertThat(first.getCause(TimerTrigger.TimerTriggerCause.class)).isNotNull();
            assertThat(shop.page(0)).isEqualTo("v1");
            DeploymentAction.Deployed deployed =
                    first.getAction(DeploymentAction.class).getDeployments().get(0);
            assertThat(JenkinsHost.get().history().find(deployed.getId()))
                    .hasValueSatisfying(r -> assertThat(r.actor()).isEqualTo("(timer)"));

            job.removeTrigger(timer.getDescriptor());
            jenkins.waitUntilNoActivity();
            shop.version("v2", "");
            jenkins.buildAndAssertSuccess(job);
            assertThat(shop.page(1)).isEqualTo("v2");

            RollbackToStep back = new RollbackToStep("$WHERE");
            back.setRelease("build:${FROM}");
            job.removeProperty(ParametersDefinitionProperty.class);
            job.addProperty(new ParametersDefinitionProperty(
                    new StringParameterDefinition("WHERE", "production"), new StringParameterDefinition("FROM", "1")));
            job.getBuildersList().replaceBy(List.of(new RollbackBuilder(back)));
            jenkins.buildAndAssertSuccess(job);
            assertThat(shop.page(1)).isEqualTo("v1");
        }
    }

    @Test
    void endsTheDeploymentCleanlyWhenTheBuildIsAborted(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            FreeStyleProject job = job(jenkins, shop);
            job.getBuildersList().add(new DeployBuilder(new DeployAppStep("production")));
            jenkins.buildAndAssertSuccess(job);
            shop.version("v2", "[tasks]\nwait = \"echo waiting; sleep 600\"\n");

            FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> build.getLog(1000).stream().anyMatch(l -> l.endsWith("] waiting")));
            build.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertThat(shop.page(0)).isEqualTo("v1");

            shop.version("v3", "[tasks]\nbreak = \"exit 3\"\n");
            FreeStyleBuild failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ended FAILED", failed);
            jenkins.assertLogContains(": current is ", failed);
            assertThat(shop.page(0)).isEqualTo("v1");
        }
    }

    @Test
    void formsKeepEveryParameter(JenkinsRule jenkins) throws Exception {
        WorkspaceSource source = new WorkspaceSource("$OUT");
        source.setIncludes("a,b");
        DeployAppStep deploy = new DeployAppStep("$WHERE");
        deploy.setTargets(List.of("web-1", "$SECOND"));
        deploy.setReason("because");
        deploy.setSource(source);
        RollbackToStep rollback = new RollbackToStep("production");
        rollback.setRelease("#42");
        VerifyProdConfigStep verify = new VerifyProdConfigStep("production");
        verify.setAllowProblems(List.of("toml.mismatch", "toml.missing"));
        verify.setReason("known");
        for (Builder builder :
                List.of(new DeployBuilder(deploy), new RollbackBuilder(rollback), new VerifyBuilder(verify))) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(builder);
            jenkins.configRoundtrip(job);
            jenkins.assertEqualDataBoundBeans(builder, job.getBuildersList().get(0));
            // As it is saved, too.
            job.doReload();
            FreeStyleProject again = jenkins.jenkins.getItemByFullName(job.getFullName(), FreeStyleProject.class);
            jenkins.assertEqualDataBoundBeans(builder, again.getBuildersList().get(0));
            assertThat(again.getConfigFile().asString()).doesNotContain("java.util", "resolves-to", "CollSer");
        }
    }

    @Test
    @LocalData
    void keepsJobsThatWereSavedBefore(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class);
        List<Builder> builders = job.getBuildersList();

        DeployAppStep least = ((DeployBuilder) builders.get(0)).getStep();
        jenkins.assertEqualDataBoundBeans(new DeployAppStep("staging"), least);

        WorkspaceSource source = new WorkspaceSource("build/site");
        source.setExcludes("**/*.map");
        DeployAppStep full = new DeployAppStep("production");
        full.setConfig("app/deploy.toml");
        full.setRef("$TAG");
        full.setTargets(List.of("web-1", "web-2"));
        full.setSkip(List.of("migrate"));
        full.setForce(true);
        full.setReason("urgent");
        full.setDryRun(true);
        full.setSource(source);
        jenkins.assertEqualDataBoundBeans(full, ((DeployBuilder) builders.get(1)).getStep());

        RollbackToStep rollback = new RollbackToStep("production");
        rollback.setRelease("build:42");
        rollback.setUndo(true);
        jenkins.assertEqualDataBoundBeans(rollback, ((RollbackBuilder) builders.get(2)).getStep());

        VerifyProdConfigStep verify = new VerifyProdConfigStep("production");
        verify.setAllowProblems(List.of("toml.mismatch"));
        verify.setReason("known");
        jenkins.assertEqualDataBoundBeans(verify, ((VerifyBuilder) builders.get(3)).getStep());
        jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(
                full, ((DeployBuilder) job.getBuildersList().get(1)).getStep());
    }

    private static FreeStyleProject job(JenkinsRule jenkins, Shop shop) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.setScm(GitJobs.scm(shop));
        return job;
    }
}
