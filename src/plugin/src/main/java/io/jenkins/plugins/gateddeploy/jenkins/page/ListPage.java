package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.ModelObject;

/** The list of all deployments that a person may see. */
public final class ListPage implements ModelObject {
    private final Scope scope;

    ListPage(Scope scope) {
        this.scope = scope;
    }

    /**
     * {@return the page of one deployment; null when there is none, or none that whoever calls may see}
     *
     * @param id of the deployment
     */
    public DeploymentPage getDynamic(String id) {
        return DeploymentPage.find(scope, id).orElse(null);
    }

    @Override
    public String getDisplayName() {
        return Messages.JobPage_displayName();
    }
}
