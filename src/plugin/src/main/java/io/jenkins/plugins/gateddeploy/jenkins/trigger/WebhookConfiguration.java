package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Whose webhooks are believed. Without any, none is. */
@Extension
@Symbol("gatedDeployWebhooks")
public final class WebhookConfiguration extends GlobalConfiguration {
    private List<WebhookRepository> repositories = new ArrayList<>();

    /** Made by Jenkins, with what was saved. */
    public WebhookConfiguration() {
        load();
        repositories = repositories == null ? new ArrayList<>() : repositories;
    }

    /** {@return the one of this Jenkins} */
    public static WebhookConfiguration get() {
        return ExtensionList.lookupSingleton(WebhookConfiguration.class);
    }

    /** {@return repositories with their secrets} */
    public List<WebhookRepository> getRepositories() {
        return List.copyOf(repositories);
    }

    /** Sets repositories with their secrets. */
    @DataBoundSetter
    public void setRepositories(List<WebhookRepository> repositories) {
        this.repositories = repositories == null ? new ArrayList<>() : new ArrayList<>(repositories);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        // A form without any does not mention them.
        List<WebhookRepository> given = request.bindJSONToList(WebhookRepository.class, form.opt("repositories"));
        setRepositories(given);
        return true;
    }
}
