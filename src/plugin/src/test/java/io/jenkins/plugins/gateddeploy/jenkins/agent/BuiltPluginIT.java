package io.jenkins.plugins.gateddeploy.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The plugin as it was packaged, in a Jenkins of its own, with an agent in a third process. What crosses to the agent is
 * held up there unless the packaged libraries say that it may.
 */
class BuiltPluginIT {
    @TempDir
    private Path directory;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = GitJobs.controller().omitPlugins("gated-deploy");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void deploysAndRollsBackFromAnAgent() throws Throwable {
        Path built = Path.of(Objects.requireNonNull(System.getProperty("gateddeploy.hpi"), "gateddeploy.hpi"));
        Files.copy(built, jenkins.getHome().toPath().resolve("plugins/gated-deploy.jpi"));
        try (Shop shop = Shop.open(directory, 2)) {
            shop.version("v2", "[tasks]\nshow = \"cat index.html\"\n");
            jenkins.startJenkins();
            Shop.Introduction introduction = shop.introduction();
            jenkins.runRemotely(r -> {
                introduction.make();
            });
            agents.createAgent(
                    jenkins,
                    InboundAgentExtension.Options.newBuilder()
                            .name("worker")
                            .label("worker")
                            .webSocket()
                            .build());
            String script = """
                    node('worker') {
                      %s
                      deployApp environment: 'production', ref: 'v1'
                      writeFile file: 'site/index.html', text: 'made by the build'
                      deployApp environment: 'production', source: [workspace: 'site']
                      deployApp environment: 'production', ref: 'v2'
                      def r = rollbackTo environment: 'production', release: '#1'
                      echo "#${r.number} made ${r.tag} current on ${r.targets.size()}"
                    }
                    """.formatted(shop.checkout("v2"));
            String log = jenkins.runRemotely(r -> build(r, script));

            assertThat(log)
                    .contains("#4 made v1 current on 2", "] v2", "Finished: SUCCESS")
                    .doesNotContain("Rejected: ");
            assertThat(shop.page(0)).isEqualTo("v1");
            assertThat(shop.page(1)).isEqualTo("v1");
        }
    }

    /** {@return the build's log, after making sure that the packaged plugin is the one that is there} */
    private static String build(JenkinsRule r, String script) throws Exception {
        assertThat(Deployer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .contains("/gated-deploy/WEB-INF/lib/");
        WorkflowJob job = r.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return JenkinsRule.getLog(r.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }
}
