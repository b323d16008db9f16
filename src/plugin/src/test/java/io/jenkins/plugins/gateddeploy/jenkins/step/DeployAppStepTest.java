package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeploymentAction;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DeployAppStepTest {
    @TempDir
    private Path directory;

    @Test
    void deploysTheCheckedOutCommit(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 2)) {
            shop.introduceToJenkins();
            shop.version("v2", "");
            WorkflowRun build = run(jenkins, Result.SUCCESS, """
                    node {
                      %s
                      def d = deployApp environment: 'production'
                      echo "deployed ${d.release} as #${d.number} on ${d.targets.size()} targets, tag ${d.tag}"
                      echo "in ${d.durationMillis} ms, commit ${d.commit}, dry: ${d.dryRun}, before: '${d.previous}'"
                      d.targets.each { target, current -> echo "${target} has ${current == d.release}" }
                    }
                    """.formatted(shop.checkout("v1")));

            jenkins.assertLogContains("as #1 on 2 targets, tag v1", build);
            jenkins.assertLogContains("dry: false, before: ''", build);
            jenkins.assertLogContains(" has true", build);
            assertThat(shop.page(0)).isEqualTo("v1");
            assertThat(shop.page(1)).isEqualTo("v1");
            assertThat(build.getAction(DeploymentAction.class).getDeployments())
                    .singleElement()
                    .satisfies(d -> {
                        assertThat(d.getApplication()).isEqualTo("shop");
                        assertThat(d.getEnvironment()).isEqualTo("production");
                        assertThat(d.getNumber()).isEqualTo(1);
                    });
        }
    }

    @Test
    void deploysPartsAndFoldersAndOnlyPrintsInADryRun(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 2)) {
            shop.introduceToJenkins();
            shop.version("v2", "[tasks]\nmigrate = \"exit 3\"\n");
            String first = shop.fleet().targets().get(0).name();
            WorkflowRun build = run(jenkins, Result.SUCCESS, """
                    node {
                      %s
                      def dry = deployApp environment: 'production', dryRun: true, reason: 'only looking'
                      echo "dry: ${dry.dryRun}, ${dry.commands.size()} targets, number ${dry.number}"
                      def part = deployApp environment: 'production', targets: ['%s'], skip: ['migrate'],
                          reason: '  The cart, at last '
                      echo "on ${part.targets.size()} target"
                      writeFile file: 'build/site/index.html', text: 'from the workspace'
                      writeFile file: 'build/site/index.js.map', text: 'for us alone'
                      writeFile file: 'build/site/notes.txt', text: 'for us alone, too'
                      def folder = deployApp environment: 'production', skip: ['migrate'],
                          source: [workspace: 'build/site', includes: '**/*.html, **/*.map', excludes: '**/*.map']
                      echo "#${folder.number} is a folder"
                      writeFile file: 'other/annex.toml', text: readFile('deploy.toml').replace('"shop"', '"annex"')
                          .replace('/srv"', '/annex"')
                      def annex = deployApp environment: 'production', config: 'other/annex.toml', ref: 'v1',
                          skip: ['migrate']
                      echo "application ${annex.application}"
                    }
                    """.formatted(shop.checkout("v2"), first));

            jenkins.assertLogContains("Reason: only looking", build);
            jenkins.assertLogContains("dry: true, 2 targets, number null", build);
            jenkins.assertLogContains("exit 3", build);
            jenkins.assertLogContains("on 1 target", build);
            jenkins.assertLogContains("#2 is a folder", build);
            jenkins.assertLogContains("application annex", build);
            assertThat(JenkinsHost.get().history().list(Filter.of("shop", "production", 9)))
                    .as("newest first, and none of the dry run")
                    .extracting(DeploymentRecord::reason)
                    .containsExactly("", "The cart, at last");
            assertThat(shop.page("annex", 0)).isEqualTo("v1");
            assertThat(shop.page(0)).isEqualTo("from the workspace");
            assertThat(shop.fleet().viewFromOutside(1).resolve("srv/current/notes.txt"))
                    .doesNotExist();
            assertThat(shop.page(1)).isEqualTo("from the workspace");
            assertThat(shop.fleet().viewFromOutside(1).resolve("srv/current/index.js.map"))
                    .doesNotExist();
        }
    }

    @Test
    void saysWhatIsCurrentOnEachTargetWhenItFails(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 2)) {
            shop.introduceToJenkins();
            shop.version("v2", "[tasks]\nmigrate = \"exit 3\"\n");
            WorkflowJob job = job(jenkins, """
                    node {
                      %s
                      def d = deployApp environment: 'production'
                      echo "current is ${d.release} now"
                      %s
                      deployApp environment: 'production'
                    }
                    """.formatted(shop.checkout("v1"), shop.checkout("v2")));

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            String release = build.getLog(1000).stream()
                    .filter(l -> l.startsWith("current is "))
                    .map(l -> l.split(" ")[2])
                    .findFirst()
                    .orElseThrow();
            jenkins.assertLogContains("Deployment #2 of shop to production ended FAILED", build);
            for (Target target : shop.fleet().targets()) {
                jenkins.assertLogContains(target.name() + ": current is " + release, build);
            }
            assertThat(build.getAction(DeploymentAction.class).getDeployments()).hasSize(2);
            assertThat(shop.page(1)).isEqualTo("v1");

            for (String refused : List.of(
                    "environment: 'prodution'",
                    "environment: 'production', config: '../../../../etc/passwd'",
                    "environment: 'production', ref: 'v1', source: [workspace: '.']",
                    "environment: 'production', source: [workspace: '../elsewhere']")) {
                job.setDefinition(
                        new CpsFlowDefinition("node {\n" + shop.checkout("v1") + "deployApp " + refused + "\n}", true));
                build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
                assertThat(build.getAction(DeploymentAction.class)).isNull();
                jenkins.assertLogNotContains("\tat ", build);
            }

            GatedDeployConfiguration.get().setRefuseUnregistered(true);
            job.setDefinition(new CpsFlowDefinition(
                    "node {\n" + shop.checkout("v1") + "deployApp environment: 'production'\n}", true));
            jenkins.assertLogContains(
                    "Nobody has registered the environment production of shop",
                    jenkins.buildAndAssertStatus(Result.FAILURE, job));
            assertThat(shop.page(1)).isEqualTo("v1");
        }
    }

    @Test
    void readsDeployTomlOfTheBuildsRevisionWithoutAWorkspace(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            shop.repository().file("Jenkinsfile", "deployApp environment: 'production'\n");
            shop.version("v2", "");
            String branch = "main";

            WorkflowMultiBranchProject branches = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
            GitSCMSource source = new GitSCMSource(shop.repository().path().toString());
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            branches.getSourcesList().add(new BranchSource(source));
            branches.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();
            jenkins.assertBuildStatusSuccess(branches.getItem(branch).getLastBuild());
            assertThat(shop.page(0)).isEqualTo("v2");

            shop.version("v3", "");
            for (boolean lightweight : new boolean[] {true, false}) {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop-" + lightweight);
                CpsScmFlowDefinition definition = new CpsScmFlowDefinition(
                        GitJobs.scm(shop.repository().path().toString(), "*/" + branch), "Jenkinsfile");
                definition.setLightweight(lightweight);
                job.setDefinition(definition);
                jenkins.buildAndAssertSuccess(job);
                assertThat(shop.page(0)).isEqualTo("v3");
            }
        }
    }

    private static WorkflowRun run(JenkinsRule jenkins, Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, job(jenkins, script));
    }

    private static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
