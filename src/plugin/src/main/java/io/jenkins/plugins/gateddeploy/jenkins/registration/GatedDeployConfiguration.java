package io.jenkins.plugins.gateddeploy.jenkins.registration;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.ssh.KnownHostsText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What administrators say once for this whole Jenkins. */
@Extension
@Symbol("gatedDeploy")
public final class GatedDeployConfiguration extends GlobalConfiguration {
    private List<RegisteredEnvironment> environments = new ArrayList<>();
    private boolean refuseUnregistered;
    private String knownHosts = "";
    private boolean trustOnFirstUse;

    /** Made by Jenkins, with what was saved. */
    public GatedDeployConfiguration() {
        load();
        environments = environments == null ? new ArrayList<>() : environments;
        knownHosts = Util.fixNull(knownHosts);
    }

    /** {@return the one of this Jenkins} */
    public static GatedDeployConfiguration get() {
        return ExtensionList.lookupSingleton(GatedDeployConfiguration.class);
    }

    /** {@return the environments that are registered for all of Jenkins} */
    public List<RegisteredEnvironment> getEnvironments() {
        return List.copyOf(environments);
    }

    /** Sets the environments that are registered for all of Jenkins. */
    @DataBoundSetter
    public void setEnvironments(List<RegisteredEnvironment> environments) {
        this.environments = environments == null ? new ArrayList<>() : new ArrayList<>(environments);
        save();
    }

    /** {@return whether an environment that nobody registered is out of bounds} */
    public boolean isRefuseUnregistered() {
        return refuseUnregistered;
    }

    /** Sets whether an environment that nobody registered is out of bounds. */
    @DataBoundSetter
    public void setRefuseUnregistered(boolean refuseUnregistered) {
        this.refuseUnregistered = refuseUnregistered;
        save();
    }

    /** {@return the keys of the servers, in the format of a known_hosts file; may be empty} */
    public String getKnownHosts() {
        return knownHosts;
    }

    /** Sets the keys of the servers; lines that have not the format are passed over, as OpenSSH does. */
    @DataBoundSetter
    public void setKnownHosts(String knownHosts) {
        this.knownHosts = Util.fixNull(knownHosts).replace("\r\n", "\n");
        save();
    }

    /** {@return whether a server of which no key is known is believed once} */
    public boolean isTrustOnFirstUse() {
        return trustOnFirstUse;
    }

    /** Sets whether a server of which no key is known is believed once. */
    @DataBoundSetter
    public void setTrustOnFirstUse(boolean trustOnFirstUse) {
        this.trustOnFirstUse = trustOnFirstUse;
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        try (BulkChange change = new BulkChange(this)) {
            // A form without any environment does not mention them.
            setEnvironments(List.of());
            request.bindJSON(this, form);
            change.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    public synchronized void save() {
        super.save();
        if (!BulkChange.contains(this)) {
            tellHost();
        }
    }

    private void tellHost() {
        JenkinsHost.get().believe(knownHosts, trustOnFirstUse);
    }

    /** Tells the host after a start what was saved before. */
    @Initializer(after = InitMilestone.SYSTEM_CONFIG_LOADED, before = InitMilestone.JOB_LOADED)
    public static void afterStart() {
        get().tellHost();
    }

    /** Names every line that would be passed over. */
    @POST
    public FormValidation doCheckKnownHosts(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        List<Problem> problems = KnownHostsText.problems(value);
        return problems.isEmpty()
                ? FormValidation.ok()
                : FormValidation.error(problems.stream().map(Problem::oneLine).collect(Collectors.joining("\n")));
    }

    /** Says what it means to believe strangers. */
    @POST
    public FormValidation doCheckTrustOnFirstUse(@QueryParameter boolean value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return value
                ? FormValidation.warning(Messages.GatedDeployConfiguration_TrustOnFirstUse())
                : FormValidation.ok();
    }
}
