package io.jenkins.plugins.gateddeploy.jenkins.registration;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Items;
import hudson.util.XStream2;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What older versions saved, and what people have edited by hand, is still read. */
@WithJenkins
class SavedConfigurationTest {
    @Test
    void fillsInWhatWasNotSavedYet(JenkinsRule jenkins) throws Exception {
        String name = GatedDeployConfiguration.class.getName() + ".xml";
        Files.writeString(jenkins.jenkins.getRootDir().toPath().resolve(name), """
                <?xml version='1.1' encoding='UTF-8'?>
                <io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration>
                  <environments>
                    <io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment>
                      <application>shop</application>
                      <environment>production</environment>
                      <deployers>
                        <string>alice</string>
                      </deployers>
                      <ofALaterVersion>true</ofALaterVersion>
                    </io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment>
                  </environments>
                </io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration>
                """);

        GatedDeployConfiguration read = new GatedDeployConfiguration();

        assertThat(read.getEnvironments()).singleElement().satisfies(environment -> {
            assertThat(environment.getApplication()).isEqualTo("shop");
            assertThat(environment.getDeployers()).containsExactly("alice");
            assertThat(environment.getJobs()).isEmpty();
            assertThat(environment.getApprovers()).isEmpty();
            assertThat(environment.getAllOf()).isEmpty();
            assertThat(environment.getAuto()).isEmpty();
            assertThat(environment.isRequesterMayApprove()).isFalse();
            assertThat(environment.isStartedByTimer()).isFalse();
            assertThat(environment.getWindows()).isEmpty();
            assertThat(environment.getFreezes()).isEmpty();
            assertThat(environment.getEmergency()).isEmpty();
        });
        assertThat(read.getKnownHosts()).isEmpty();
        assertThat(read.isTrustOnFirstUse()).isFalse();
        assertThat(Items.XSTREAM2.fromXML("<" + FolderEnvironments.class.getName() + "/>"))
                .isInstanceOfSatisfying(
                        FolderEnvironments.class,
                        property -> assertThat(property.getEnvironments()).isEmpty());
        assertThat(new XStream2().fromXML("<" + RegisteredEnvironment.class.getName() + "/>"))
                .isInstanceOfSatisfying(RegisteredEnvironment.class, environment -> {
                    assertThat(environment.getApplication()).isEmpty();
                    assertThat(environment.getJobs()).isEmpty();
                });
    }
}
