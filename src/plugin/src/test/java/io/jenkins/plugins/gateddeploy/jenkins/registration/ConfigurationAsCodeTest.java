package io.jenkins.plugins.gateddeploy.jenkins.registration;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.notice.NoticeConfiguration;
import java.nio.file.Files;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;

@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {
    @Test
    @ConfiguredWithCode("jenkins.yaml")
    void readsAndWritesRegisteredEnvironmentsHostKeysAndPermissions(JenkinsConfiguredWithCodeRule jenkins)
            throws Exception {
        GatedDeployConfiguration configuration = GatedDeployConfiguration.get();

        assertThat(configuration.getEnvironments()).hasSize(2);
        RegisteredEnvironment production = configuration.getEnvironments().get(0);
        assertThat(production.getApplication()).isEqualTo("shop");
        assertThat(production.getEnvironment()).isEqualTo("production");
        assertThat(production.getJobs()).containsExactly("shop/main");
        assertThat(production.getDeployers()).containsExactly("alice", "@release-managers");
        assertThat(production.getApprovers()).containsExactly("@release-managers");
        assertThat(production.getRequired()).isEqualTo(2);
        assertThat(production.isStartedByTimer()).isTrue();
        assertThat(production.isStartedByScm()).isFalse();
        assertThat(configuration.isRefuseUnregistered()).isTrue();
        assertThat(Files.readString(JenkinsHost.get().hostKeys().files().get(1)))
                .isEqualTo(configuration.getKnownHosts())
                .contains("web-1 ssh-ed25519 ");
        Authentication alice = User.getById("alice", false).impersonate2();
        assertThat(Jenkins.get().getACL().hasPermission2(alice, Permissions.MANAGE_LANES))
                .isTrue();
        assertThat(Jenkins.get().getACL().hasPermission2(alice, Permissions.DEPLOY))
                .as("as everybody who is logged in")
                .isTrue();

        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String exported = toYamlString(getUnclassifiedRoot(context).get("gatedDeploy"));
        assertThat(exported).isEqualTo("""
                environments:
                - allOf:
                  - "@qa"
                  application: "shop"
                  approvers:
                  - "@release-managers"
                  auto:
                  - "no-problems"
                  deployers:
                  - "alice"
                  - "@release-managers"
                  emergency:
                  - "@on-call"
                  environment: "production"
                  freezes:
                  - "2026-12-20 until 2027-01-03 Europe/Berlin: Christmas, and the days after"
                  jobs:
                  - "shop/main"
                  requesterMayApprove: true
                  required: 2
                  startedByTimer: true
                  tell:
                  - "release@example.org"
                  waitsOutside: true
                  windows:
                  - "mon-thu 09:00-16:00 Europe/Berlin"
                - application: "shop"
                  environment: "staging"
                knownHosts: |
                  # the servers of the shop
                  web-1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
                refuseUnregistered: true
                trustOnFirstUse: false
                """);
        assertThat(production.getTell()).containsExactly("release@example.org");
        NoticeConfiguration notices = NoticeConfiguration.get();
        assertThat(notices.isMail()).isTrue();
        assertThat(notices.getWebhook()).isEqualTo("chat-hook");
        assertThat(toYamlString(getUnclassifiedRoot(context).get("gatedDeployNotices")))
                .isEqualTo("""
                mail: true
                webhook: "chat-hook"
                webhookKey: "chat-key"
                webhookTemplate: "{\\"text\\": \\"{{title}}\\"}"
                """);
    }
}
