package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WebhookConfigurationTest {
    @TempDir
    private Path directory;

    @Test
    void isKeptByTheFormsAndReadAsCode(JenkinsRule jenkins) throws Exception {
        Forges.know(Forges.REPOSITORY, "shop-webhook", "secret");
        Forges.know("github.example/play/*", "play-webhook", "other secret");
        List<WebhookRepository> known = WebhookConfiguration.get().getRepositories();

        jenkins.configRoundtrip();

        assertThat(WebhookConfiguration.get().getRepositories())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(known);

        WebhookConfiguration.get().setRepositories(List.of());
        jenkins.configRoundtrip();
        assertThat(WebhookConfiguration.get().getRepositories()).isEmpty();

        Path code = Files.writeString(directory.resolve("jenkins.yaml"), """
                unclassified:
                  gatedDeployWebhooks:
                    repositories:
                      - repository: "https://github.example/shop/storefront"
                        credentials: "shop-webhook"
                      - repository: "github.example/play/*"
                        credentials: "play-webhook"
                """);
        ConfigurationAsCode.get().configure(code.toString());
        assertThat(WebhookConfiguration.get().getRepositories())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(known);
    }

    @Test
    void aJobKeepsTheRepositoryThatItWaitsFor(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        PushTrigger trigger = new PushTrigger();
        trigger.setRepository(Forges.REPOSITORY);
        job.addTrigger(trigger);

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(trigger, job.getTrigger(PushTrigger.class));
    }
}
