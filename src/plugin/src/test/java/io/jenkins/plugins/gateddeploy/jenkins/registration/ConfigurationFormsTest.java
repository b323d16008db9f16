package io.jenkins.plugins.gateddeploy.jenkins.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.notice.NoticeConfiguration;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationFormsTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    @Test
    void keepWhatWasConfigured(JenkinsRule jenkins) throws Exception {
        GatedDeployConfiguration global = GatedDeployConfiguration.get();
        global.setEnvironments(List.of(full("production"), new RegisteredEnvironment("blog", "staging")));
        global.setRefuseUnregistered(true);
        global.setKnownHosts("web-1 " + KEY + "\n# a comment\n");
        NoticeConfiguration notices = NoticeConfiguration.get();
        notices.setMail(true);
        notices.setWebhook("hook");
        notices.setWebhookKey("hook-key");
        notices.setWebhookTemplate("{\"a\": \"{{title}}\"}\n");
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(new FolderEnvironments(List.of(full("testing"))));

        jenkins.configRoundtrip();
        jenkins.configRoundtrip(folder);

        assertThat(global.getEnvironments())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(full("production"), new RegisteredEnvironment("blog", "staging"));
        assertThat(global.isRefuseUnregistered()).isTrue();
        assertThat(global.isTrustOnFirstUse()).isFalse();
        assertThat(global.getKnownHosts().strip()).isEqualTo("web-1 " + KEY + "\n# a comment");
        assertThat(folder.getProperties().get(FolderEnvironments.class).getEnvironments())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(full("testing"));
        assertThat(notices)
                .usingRecursiveComparison()
                .comparingOnlyFields("mail", "webhook", "webhookKey", "webhookTemplate")
                .isEqualTo(new NoticeConfiguration());
        assertThat(notices.isMail()).isTrue();
        assertThat(notices.getWebhook()).isEqualTo("hook");
        assertThat(notices.getWebhookKey()).isEqualTo("hook-key");
        assertThat(notices.getWebhookTemplate()).isEqualTo("{\"a\": \"{{title}}\"}");
        assertThat(new GatedDeployConfiguration().getEnvironments())
                .as("what was saved")
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(global.getEnvironments());
        assertThat(Files.readString(jenkins.jenkins
                        .getRootDir()
                        .toPath()
                        .resolve(GatedDeployConfiguration.class.getName() + ".xml")))
                .contains("<string>@release-managers</string>")
                .doesNotContain("resolves-to");

        folder.getProperties().clear();
        global.setEnvironments(List.of());
        jenkins.configRoundtrip();
        jenkins.configRoundtrip(folder);
        assertThat(global.getEnvironments()).isEmpty();
        assertThat(folder.getProperties().get(FolderEnvironments.class))
                .as("no empty property in files of folders without environments")
                .isNull();
    }

    @Test
    void hostKeysReachWhatConnects(JenkinsRule jenkins) throws Exception {
        GatedDeployConfiguration.get().setKnownHosts("web-1 " + KEY + "\r\nweb-2 " + KEY + "\n");

        List<Path> files = JenkinsHost.get().hostKeys().files();
        assertThat(files.get(0))
                .as("the one written to")
                .isEqualTo(JenkinsHost.get().knownHosts());
        assertThat(Files.readString(files.get(1))).isEqualTo("web-1 " + KEY + "\nweb-2 " + KEY + "\n");
        assertThat(JenkinsHost.get().hostKeys().trustOnFirstUse()).isFalse();

        var strict = JenkinsHost.get().connector();
        GatedDeployConfiguration.get().setTrustOnFirstUse(true);
        assertThat(JenkinsHost.get().hostKeys().trustOnFirstUse()).isTrue();
        assertThat(JenkinsHost.get().connector()).isNotSameAs(strict);
        GatedDeployConfiguration.get().setKnownHosts("");
        assertThat(files.get(1)).isEmptyFile();
    }

    @Test
    void validateOnlyByPostAndOnlyForThoseWhoMayConfigure(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        jenkins.createFreeStyleProject("deploy");
        folder.createProject(hudson.model.FreeStyleProject.class, "inside");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Item.CONFIGURE)
                .onItems(folder)
                .to("team-lead")
                .grant(Jenkins.READ, Item.READ, Permissions.DEPLOY, Permissions.APPROVE)
                .everywhere()
                .toEveryone());
        String registered = "descriptorByName/" + RegisteredEnvironment.class.getName() + "/";
        String notices = "descriptorByName/" + NoticeConfiguration.class.getName() + "/";
        String configuration = "descriptorByName/" + GatedDeployConfiguration.class.getName() + "/";

        for (String check : List.of(
                registered + "checkApplication?value=",
                registered + "checkEnvironment?value=",
                registered + "checkJobs?value=",
                registered + "checkDeployers?value=",
                registered + "checkApprovers?value=",
                registered + "checkRequired?value=1&approvers=",
                registered + "checkTell?value=",
                notices + "checkMail?value=true",
                notices + "checkWebhookTemplate?value=",
                configuration + "checkKnownHosts?value=",
                configuration + "checkTrustOnFirstUse?value=true")) {
            assertThat(ask(jenkins, "admin", HttpMethod.POST, check).getStatusCode())
                    .as(check)
                    .isEqualTo(200);
            assertThat(ask(jenkins, "admin", HttpMethod.GET, check).getStatusCode())
                    .as(check)
                    .isIn(404, 405);
            assertThat(ask(jenkins, "deployer", HttpMethod.POST, check).getStatusCode())
                    .as(check)
                    .isEqualTo(403);
            assertThat(ask(jenkins, "team-lead", HttpMethod.POST, check).getStatusCode())
                    .as(check)
                    .isEqualTo(403);
        }
        String onFolder = "job/team/" + registered;
        assertThat(ask(jenkins, "deployer", HttpMethod.POST, onFolder + "checkJobs?value=x")
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(says(jenkins, "team-lead", onFolder + "checkJobs?value=inside%0Adeploy"))
                .contains("deploy")
                .doesNotContain("inside");
        assertThat(says(jenkins, "admin", registered + "checkJobs?value=deploy%2Cteam%2Finside%0Agone%2Fjob"))
                .contains("gone/job")
                .doesNotContain("inside");
        assertThat(says(jenkins, "admin", registered + "checkRequired?value=3&approvers=alice%0Abob"))
                .contains("Only 2 people");
        assertThat(says(jenkins, "admin", registered + "checkRequired?value=3&approvers=%40qa"))
                .doesNotContain("error");
        assertThat(says(jenkins, "admin", registered + "checkApplication?value=+"))
                .contains("error");
        assertThat(says(jenkins, "admin", registered + "checkTell?value=ops%40example.org%0Aops"))
                .contains("These are no e-mail addresses: ops");
        assertThat(says(jenkins, "admin", notices + "checkWebhookTemplate?value=%7B%7Btitel%7D%7D"))
                .contains("notice.template", "titel");
        assertThat(says(jenkins, "admin", notices + "checkMail?value=true")).doesNotContain("error");
        assertThat(says(jenkins, "deployer", notices + "fillWebhookItems?webhook=hook"))
                .contains("hook");
        assertThat(says(jenkins, "admin", configuration + "checkKnownHosts?value=%23+x%0Aweb-1+nonsense"))
                .contains("known_hosts:2");
    }

    private static WebResponse ask(JenkinsRule jenkins, String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.withBasicApiToken(user).withThrowExceptionOnFailingStatusCode(false);
            return client.getPage(new WebRequest(new URL(jenkins.getURL(), path), method))
                    .getWebResponse();
        }
    }

    private static String says(JenkinsRule jenkins, String user, String path) throws Exception {
        WebResponse answer = ask(jenkins, user, HttpMethod.POST, path);
        assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private static RegisteredEnvironment full(String environment) {
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", environment);
        registered.setJobs(List.of("deploy", "folder/with space"));
        registered.setDeployers(List.of("alice"));
        registered.setApprovers(List.of("@release-managers", "bob", "carol"));
        registered.setRequired(2);
        registered.setAuthorMayApprove(true);
        registered.setStartedByTimer(true);
        registered.setStartedByScm(true);
        registered.setTell(List.of("ops@example.org", "qa@example.org"));
        return registered;
    }
}
