package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.branch.MultiBranchProject;
import jenkins.branch.OrganizationFolder;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMNavigatorDescriptor;
import jenkins.scm.api.SCMSourceObserver;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProjectFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Branches of the repositories of an organization, which Jenkins finds by itself. */
@WithJenkins
class OrganizationFolderTest {
    private static final String SECRET = "a long secret of the shop";
    private static final String MAIN = "deploy_on = { branches = [\"main\"] }\n";

    @TempDir
    private Path directory;

    /** An organization with one repository, which lies on this machine. */
    public static final class OnDisk extends SCMNavigator {
        private final String path;

        OnDisk(String path) {
            this.path = path;
        }

        @Override
        protected String id() {
            return path;
        }

        @Override
        public void visitSources(SCMSourceObserver observer) throws IOException, InterruptedException {
            GitSCMSource source = new GitSCMSource(path);
            source.setId(path);
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            SCMSourceObserver.ProjectObserver project = observer.observe("shop");
            project.addSource(source);
            project.complete();
        }

        /** Describes it. */
        @TestExtension
        public static final class DescriptorImpl extends SCMNavigatorDescriptor {
            @Override
            public SCMNavigator newInstance(String name) {
                return new OnDisk(name);
            }
        }
    }

    @Test
    void deploysItsBranchesByThemselvesAndShowsThemToThoseWhoMayReadThem(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            String path = shop.repository().path().toString();
            Forges.know(path, "shop-webhook", SECRET);
            shop.repository().file("Jenkinsfile", "deployApp environment: 'production'\n");
            shop.version("v2", MAIN);
            shop.repository().branch("topic");
            shop.version("v3", MAIN);

            OrganizationFolder organization = jenkins.createProject(OrganizationFolder.class, "acme");
            organization.getNavigators().add(new OnDisk(path));
            organization.getProjectFactories().add(new WorkflowMultiBranchProjectFactory());
            organization.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();

            assertThat(organization.getComputation().getResult()).isEqualTo(Result.SUCCESS);
            jenkins.assertBuildStatusSuccess(branch(organization, "main").getLastBuild());
            jenkins.assertLogContains(
                    "Not deployed to production of shop: branch topic is not among",
                    jenkins.assertBuildStatusSuccess(
                            branch(organization, "topic").getLastBuild()));
            assertThat(shop.page(0)).isEqualTo("v2");

            aPushIsDeployed(jenkins, shop, organization);
            bothFoldersShowIt(jenkins);
        }
    }

    private static void aPushIsDeployed(JenkinsRule jenkins, Shop shop, OrganizationFolder organization)
            throws Exception {
        shop.repository().branch("main");
        String pushed = shop.version("v4", MAIN);
        URI here = jenkins.getURL().toURI();
        String path = shop.repository().path().toString();

        assertThat(new Forges(here)
                        .github(Forges.push(path, "refs/heads/main", pushed), SECRET)
                        .statusCode())
                .isEqualTo(202);

        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> branch(organization, "main").getBuildByNumber(2) != null);
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatusSuccess(branch(organization, "main").getBuildByNumber(2));
        assertThat(shop.page(0)).isEqualTo("v4");
        assertThat(branch(organization, "topic").getBuildByNumber(2)).isNull();
    }

    private static void bothFoldersShowIt(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("dora")
                // The folders, and of the branches only the one that deploys nothing.
                .grant(Item.READ)
                .onPaths("acme", "acme/shop", "acme/shop/topic")
                .to("rita"));
        for (String folder : List.of("acme", "acme/shop")) {
            String at = "job/" + folder.replace("/", "/job/") + "/deployments/";
            String environments = at + "api/environments?job=" + folder.replace("/", "%2F") + "&below=true";
            try (JenkinsRule.WebClient client = jenkins.createWebClient()
                    .withJavaScriptEnabled(false)
                    .withThrowExceptionOnFailingStatusCode(false)) {
                client.login("dora");
                assertThat(content(client, at)).contains("data-job=\"" + folder + "\"", "data-below=\"true\"");
                assertThat(content(client, environments))
                        .contains("\"environment\":\"production\"", "\"name\":\"acme » shop » main #2\"");
                client.login("rita");
                assertThat(content(client, environments)).doesNotContain("production", "main");
                client.login("nora");
                assertThat(client.goTo(environments, null).getWebResponse().getStatusCode())
                        .isEqualTo(404);
            }
        }
    }

    private static String content(JenkinsRule.WebClient client, String path) throws Exception {
        return client.goTo(path, null).getWebResponse().getContentAsString();
    }

    private static WorkflowJob branch(OrganizationFolder organization, String name) {
        MultiBranchProject<?, ?> repository = organization.getItem("shop");
        return repository == null ? null : (WorkflowJob) repository.getItem(name);
    }
}
