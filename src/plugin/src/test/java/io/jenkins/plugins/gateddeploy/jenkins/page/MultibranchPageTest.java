package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import java.nio.file.Path;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class MultibranchPageTest {
    @TempDir
    private Path directory;

    @Test
    void aMultibranchProjectShowsWhatItsBranchesDeployed(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            // Outside of node: the plan of verifyProdConfig is what is held, and it opens by itself.
            shop.repository().file("Jenkinsfile", """
                    verifyProdConfig environment: 'production'
                    def a = holdForApproval environment: 'production', auto: true
                    echo "automatic ${a.automatic}"
                    deployApp environment: 'production'
                    """);
            shop.version("v2", "");
            WorkflowMultiBranchProject branches = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
            GitSCMSource source = new GitSCMSource(shop.repository().path().toString());
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            branches.getSourcesList().add(new BranchSource(source));
            branches.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();
            jenkins.assertBuildStatusSuccess(branches.getItem("main").getLastBuild());
            jenkins.assertLogContains("automatic true", branches.getItem("main").getLastBuild());

            try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
                assertThat(client.goTo("job/branches/deployments/api/environments?job=branches&below=true", null)
                                .getWebResponse()
                                .getContentAsString())
                        .contains("\"environment\":\"production\"", "\"name\":\"branches » main #1\"");
                assertThat(client.goTo("job/branches/deployments/")
                                .getWebResponse()
                                .getContentAsString())
                        .contains("data-job=\"branches\"", "data-below=\"true\"");
            }
            People.moveInto(jenkins);
            // The lane is empty: who manages those that have deployed there may pause it all the same.
            assertThat(pause(jenkins, "admin")).isEqualTo(200);
            assertThat(pause(jenkins, "dora")).isEqualTo(403);
        }
    }

    private static int pause(JenkinsRule jenkins, String person) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)) {
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            client.login(person);
            WebRequest request = new WebRequest(
                    client.createCrumbedUrl("job/branches/deployments/api/lanes/shop/production/pauses"),
                    HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/json");
            request.setRequestBody("{\"why\":\"the database is moved\"}");
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }
}
