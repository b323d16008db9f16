package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.util.Optional;

/** The page of one deployment, with its log; also of one that no build asked for. */
public final class DeploymentPage implements ModelObject {
    private final Scope scope;
    private final DeploymentRecord record;

    private DeploymentPage(Scope scope, DeploymentRecord record) {
        this.scope = scope;
        this.record = record;
    }

    /** {@return the page of one deployment; empty when there is none here, or none that whoever calls may see} */
    static Optional<DeploymentPage> find(Scope scope, String id) {
        scope.check();
        Viewer.Permissions viewing = scope.viewing();
        return JenkinsHost.get()
                .history()
                .find(id)
                .filter(record -> viewing.may(Act.VIEW, record.app(), record.environment()))
                .filter(record -> viewing.sees(record.origin().job()))
                .map(record -> new DeploymentPage(scope, record));
    }

    /** {@return whose side panel it has} */
    public ModelObject getOwner() {
        return scope.owner();
    }

    /** {@return the address of the page it lies below, relative to Jenkins' own; ends with a slash} */
    public String getBase() {
        return scope.address();
    }

    /** {@return the addresses of the pages of deployments, with {@code {id}} for the id; relative to Jenkins' own} */
    public String getDeploymentHref() {
        return scope.deploymentHref();
    }

    /** {@return the id in the history} */
    public String getId() {
        return record.id();
    }

    @Override
    public String getDisplayName() {
        return "#" + record.number();
    }
}
