package io.jenkins.plugins.gateddeploy.jenkins.notice;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gateddeploy.jenkins.host.SecretTexts;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How people are told what happens at gates. Only administrators say it: no commit has a say in where Jenkins sends. */
@Extension
@Symbol("gatedDeployNotices")
public final class NoticeConfiguration extends GlobalConfiguration {
    private boolean mail;
    private String webhook = "";
    private String webhookKey = "";
    private String webhookTemplate = "";

    /** Made by Jenkins, with what was saved. */
    public NoticeConfiguration() {
        load();
    }

    /** {@return the one of this Jenkins} */
    public static NoticeConfiguration get() {
        return ExtensionList.lookupSingleton(NoticeConfiguration.class);
    }

    /** {@return whether people are told by mail} */
    public boolean isMail() {
        return mail;
    }

    /** Sets whether people are told by mail. */
    @DataBoundSetter
    public void setMail(boolean mail) {
        this.mail = mail;
        save();
    }

    /** {@return the id of the secret text that is the webhook's address; empty for none} */
    public String getWebhook() {
        return Util.fixNull(webhook);
    }

    /** Sets the id of the secret text that is the webhook's address. */
    @DataBoundSetter
    public void setWebhook(String webhook) {
        this.webhook = Util.fixNull(webhook).strip();
        save();
    }

    /** {@return the id of the secret text that signs what is sent; empty to sign nothing} */
    public String getWebhookKey() {
        return Util.fixNull(webhookKey);
    }

    /** Sets the id of the secret text that signs what is sent. */
    @DataBoundSetter
    public void setWebhookKey(String webhookKey) {
        this.webhookKey = Util.fixNull(webhookKey).strip();
        save();
    }

    /** {@return the template of what is sent; empty for the usual one} */
    public String getWebhookTemplate() {
        return Util.fixNull(webhookTemplate);
    }

    /** Sets the template of what is sent. */
    @DataBoundSetter
    public void setWebhookTemplate(String webhookTemplate) {
        this.webhookTemplate =
                Util.fixNull(webhookTemplate).replace("\r\n", "\n").strip();
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        try (BulkChange change = new BulkChange(this)) {
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
            Telling.get().changed();
        }
    }

    /** Lists the secret texts of Jenkins. */
    @POST
    public ListBoxModel doFillWebhookItems(@QueryParameter String webhook) {
        return SecretTexts.listed(webhook);
    }

    /** Lists the secret texts of Jenkins. */
    @POST
    public ListBoxModel doFillWebhookKeyItems(@QueryParameter String webhookKey) {
        return SecretTexts.listed(webhookKey);
    }

    /** Says what is missing for mail. */
    @POST
    public FormValidation doCheckMail(@QueryParameter boolean value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (!value) {
            return FormValidation.ok();
        }
        if (ExtensionList.lookup(MailChannel.class).isEmpty()) {
            return FormValidation.error(Messages.NoticeConfiguration_noMailer());
        }
        return Util.fixNull(JenkinsLocationConfiguration.get().getUrl()).isEmpty()
                ? FormValidation.warning(Messages.NoticeConfiguration_noUrl())
                : FormValidation.ok();
    }

    /** Tries a template. */
    @POST
    public FormValidation doCheckWebhookTemplate(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            Telling.template(Util.fixNull(value));
            return FormValidation.ok();
        } catch (ProblemException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
