package io.jenkins.plugins.gateddeploy.jenkins.registration;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RegisteredDeploymentTest {
    @TempDir
    private Path directory;

    @Test
    void refusesBeforeAnythingIsConnectedAndDeploysForThoseWhoMay(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        List.of("alice", "mallory").forEach(id -> User.getById(id, true));
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                      %s
                      deployApp environment: 'production', ref: 'v1'
                    }
                    """.formatted(shop.checkout("v1")), true));
            RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
            registered.setDeployers(List.of("alice"));
            GatedDeployConfiguration.get().setEnvironments(List.of(registered));

            WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, startedBy(job, "mallory"));
            jenkins.assertLogContains("registration.person", refused);
            jenkins.assertLogContains("mallory", refused);
            assertThat(shop.fleet().viewFromOutside(0).resolve("srv"))
                    .satisfiesAnyOf(
                            srv -> assertThat(srv).doesNotExist(),
                            srv -> assertThat(Files.exists(srv.resolve(".gated-deploy")))
                                    .isFalse());

            WorkflowRun allowed = jenkins.assertBuildStatusSuccess(startedBy(job, "alice"));
            jenkins.assertLogNotContains("registration.", allowed);
            assertThat(shop.page(0)).isEqualTo("v1");

            GatedDeployConfiguration.get().setEnvironments(List.of());
            WorkflowRun warned = jenkins.assertBuildStatusSuccess(startedBy(job, "mallory"));
            jenkins.assertLogContains("Warning: Nobody has registered the environment production of shop", warned);
        }
    }

    private static WorkflowRun startedBy(WorkflowJob job, String person) throws Exception {
        return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(person)))
                .get();
    }
}
