package io.jenkins.plugins.gateddeploy.jenkins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CredentialsTest {
    private static final String KEY =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nvery secret\n-----END OPENSSH PRIVATE KEY-----";

    @Test
    void areLookedForInJenkinsAloneWhenTheJobIsGone(JenkinsRule jenkins) throws Exception {
        add(jenkins.jenkins, text("token", "the token"));
        Credentials credentials = new ItemCredentials(null, ACL.SYSTEM2);

        assertThat(credentials.secret("token").reveal()).isEqualTo("the token");
        assertThatThrownBy(() -> credentials.secret("none"))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("For a job that is gone it was looked for in Jenkins.");
    }

    @Test
    void areLookedForInTheFoldersOfTheJobAndInJenkins(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        FreeStyleProject inside = team.createProject(FreeStyleProject.class, "deploy");
        FreeStyleProject outside = jenkins.createFreeStyleProject("deploy");
        add(jenkins.jenkins, key("key", CredentialsScope.GLOBAL));
        add(jenkins.jenkins, text("token", "the token"));
        add(jenkins.jenkins, login("both", "root", "root's"));
        add(team, login("team-only", "deploy", "hunter22"));
        add(team, text("both", "not what logs in"));
        add(jenkins.jenkins, key("of-jenkins-itself", CredentialsScope.SYSTEM));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(inside);

        for (Credentials credentials :
                List.of(new BuildCredentials(build), new ItemCredentials(inside, Jenkins.ANONYMOUS2))) {
            SshCredential key = credentials.ssh("key");
            assertThat(key.user()).isEqualTo("deploy");
            assertThat(key.keys()).singleElement().satisfies(k -> {
                assertThat(k.text().reveal().strip()).isEqualTo(KEY);
                assertThat(k.passphrase().reveal()).isEqualTo("open sesame");
            });
            SshCredential login = credentials.ssh("team-only");
            assertThat(login.password().reveal()).isEqualTo("hunter22");
            assertThat(credentials.git("team-only")).isInstanceOf(GitCredential.UserPassword.class);
            assertThat(credentials.git("key")).isInstanceOf(GitCredential.Ssh.class);
            assertThat(credentials.secret("token").reveal()).isEqualTo("the token");
            assertThat(credentials.ssh("both").user())
                    .as("one that fits, though a nearer one does not")
                    .isEqualTo("root");
            assertThat(key + " " + login + " " + credentials.git("team-only") + credentials.secret("token"))
                    .doesNotContain("very secret", "open sesame", "hunter22", "the token");

            assertThatThrownBy(() -> credentials.ssh("token"))
                    .isInstanceOf(CredentialException.class)
                    .hasMessageContaining("\"token\" should be an SSH key")
                    .hasMessageContaining("Secret text")
                    .hasMessageNotContaining("the token");
            assertThatThrownBy(() -> credentials.secret("key")).hasMessageContaining("should be a secret text");
            assertThatThrownBy(() -> credentials.git("missing"))
                    .hasMessageContaining("no credential \"missing\"")
                    .hasMessageContaining("For team/deploy")
                    .hasMessageContaining("the folder team, Jenkins");
            assertThatThrownBy(() -> credentials.ssh("of-jenkins-itself")).hasMessageContaining("of-jenkins-itself");
            assertThatThrownBy(() -> credentials.ssh(null)).hasMessageContaining("names no SSH credential");
        }
        assertThatThrownBy(() -> new ItemCredentials(outside, Jenkins.ANONYMOUS2).ssh("team-only"))
                .hasMessageContaining("it was looked for in Jenkins");
    }

    @Test
    void useIsRecorded(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        StandardCredentials used = login("used", "deploy", "x");
        StandardCredentials pressed = login("pressed", "deploy", "x");
        add(jenkins.jenkins, used);
        add(jenkins.jenkins, pressed);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(CredentialsProvider.getFingerprintOf(used)).isNull();
        new BuildCredentials(build).ssh("used");
        new ItemCredentials(job, Jenkins.ANONYMOUS2).ssh("pressed");

        Fingerprint byBuild = CredentialsProvider.getFingerprintOf(used);
        assertThat(byBuild.getJobs()).containsExactly("deploy");
        assertThat(byBuild.getRangeSet("deploy").includes(build.getNumber())).isTrue();
        assertThat(CredentialsProvider.getFingerprintOf(pressed)).isNotNull();
    }

    @Test
    void ownOnesOfAPersonAreUsedWhenTheyChoseThem(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                // Whoever may build may use credentials of their own there.
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("alice")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("bob"));
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        job.addProperty(new ParametersDefinitionProperty(new CredentialsParameterDefinition(
                "LOGIN", "", null, StandardUsernamePasswordCredentials.class.getName(), true)));
        for (String person : List.of("alice", "bob")) {
            User user = User.getById(person, true);
            try (ACLContext as = ACL.as2(user.impersonate2())) {
                CredentialsProvider.lookupStores(user)
                        .iterator()
                        .next()
                        .addCredentials(Domain.global(), login("mine", person, "pw"));
            }
        }

        assertThat(new BuildCredentials(chosen(jenkins, job, "alice"))
                        .ssh("LOGIN")
                        .user())
                .isEqualTo("alice");
        assertThatThrownBy(() -> new BuildCredentials(chosen(jenkins, job, "bob")).ssh("LOGIN"))
                .hasMessageContaining("\"LOGIN\"")
                .hasMessageContaining("parameters of the build");
        assertThatThrownBy(() -> new BuildCredentials(chosen(jenkins, job, "alice")).ssh("mine"))
                .as("not chosen as a parameter")
                .hasMessageContaining("\"mine\"");
        assertThat(new ItemCredentials(job, User.getById("alice", true).impersonate2())
                        .ssh("mine")
                        .user())
                .isEqualTo("alice");
        assertThatThrownBy(
                        () -> new ItemCredentials(job, User.getById("bob", true).impersonate2()).ssh("mine"))
                .hasMessageContaining("\"mine\"");
    }

    @Test
    void areFoundWhateverTheirTypeWithTheEndOfACertificate(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        Folder team = jenkins.createProject(Folder.class, "team");
        FreeStyleProject inside = team.createProject(FreeStyleProject.class, "deploy");
        add(jenkins.jenkins, key("key", CredentialsScope.GLOBAL));
        add(jenkins.jenkins, text("token", "the token"));
        add(jenkins.jenkins, login("login", "root", "root's password"));
        add(jenkins.jenkins, file("file", "a = 1\n"));
        add(jenkins.jenkins, certificate("certificate"));
        add(team, login("token", "root", "nearer, but of another type"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        for (Credentials credentials :
                List.of(new BuildCredentials(build), new ItemCredentials(job, Jenkins.ANONYMOUS2))) {
            assertThat(found(credentials, "token", Credential.Type.TEXT)).containsExactly("the token");
            assertThat(found(credentials, "login", Credential.Type.LOGIN)).containsExactly("root's password");
            assertThat(found(credentials, "file", Credential.Type.FILE)).containsExactly("a = 1\n");
            assertThat(found(credentials, "key", Credential.Type.SSH_KEY))
                    .singleElement()
                    .asString()
                    .contains("very secret");
            Credential certificate = credentials.find("certificate", Set.of()).orElseThrow();
            assertThat(certificate.types()).containsExactly(Credential.Type.CERTIFICATE);
            assertThat(certificate.end())
                    .isPresent()
                    .get()
                    .satisfies(end -> assertThat(end)
                            .isBetween(
                                    Instant.now().plus(Duration.ofDays(1)),
                                    Instant.now().plus(Duration.ofDays(3))));
            assertThat(credentials.find("nobody", Set.of())).isEmpty();
            assertThat(credentials
                            .find("file", Set.of(Credential.Type.TEXT))
                            .orElseThrow()
                            .description())
                    .isEqualTo("Secret file");
        }
        assertThat(found(new ItemCredentials(inside, Jenkins.ANONYMOUS2), "token", Credential.Type.TEXT))
                .as("one that fits, though a nearer one does not")
                .containsExactly("the token");
    }

    private static List<String> found(Credentials credentials, String id, Credential.Type type) throws Exception {
        Credential found = credentials.find(id, Set.of(type)).orElseThrow();
        assertThat(found.types()).containsExactly(type);
        assertThat(found.toString()).doesNotContain("the token", "root's password", "very secret");
        return found.secrets().stream()
                .map(io.jenkins.plugins.gateddeploy.credential.Secret::reveal)
                .toList();
    }

    private static StandardCredentials file(String id, String content) throws Exception {
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                "app.toml",
                SecretBytes.fromRawBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** One that ends the day after tomorrow, as the JDK's own keytool makes it. */
    private static StandardCredentials certificate(String id) throws Exception {
        Path store = Files.createTempDirectory("keystore").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "shop",
                        "-dname",
                        "CN=shop",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                "changeit",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, SecretBytes.fromRawBytes(Files.readAllBytes(store))));
    }

    private static FreeStyleBuild chosen(JenkinsRule jenkins, FreeStyleProject job, String person) throws Exception {
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(
                0,
                new CauseAction(new Cause.UserIdCause(person)),
                new ParametersAction(new CredentialsParameterValue("LOGIN", "mine", "", false))));
    }

    private static void add(ItemGroup<?> where, StandardCredentials credential) throws Exception {
        for (CredentialsStore store : CredentialsProvider.lookupStores(where)) {
            boolean here = store.getContext() == where;
            if (here) {
                store.addCredentials(Domain.global(), credential);
                return;
            }
        }
        throw new IllegalStateException("no store");
    }

    private static StandardCredentials key(String id, CredentialsScope scope) {
        return new BasicSSHUserPrivateKey(
                scope, id, "deploy", new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(KEY), "open sesame", "");
    }

    private static StandardCredentials login(String id, String user, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, password);
    }

    private static StandardCredentials text(String id, String secret) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret));
    }
}
