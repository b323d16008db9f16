package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Failure;
import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.hand.Errands;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

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

    /** {@return the page's own address, relative to Jenkins' own; ends with a slash} */
    public String getAddress() {
        return scope.deploymentHref().replace("{id}", record.id()) + "/";
    }

    /** {@return whether a person has asked for it on a page, it has not begun, and the reader may take it back} */
    public boolean isRetractable() {
        return Errand.isKept(record.id()) && steward().mayTakeBack(record.actor());
    }

    /** Takes back what a person has asked for on a page, as long as it waits. */
    @RequirePOST
    public HttpResponse doTakeBack() {
        if (!Errand.isKept(record.id())) {
            throw new Failure(Messages.DeploymentPage_begun());
        }
        try {
            Errands.get().takeBack(record.id(), steward());
        } catch (LaneException e) {
            if (e.problem().id().equals("lane.permission")) {
                throw HttpResponses.errorWithoutStack(HttpServletResponse.SC_FORBIDDEN, e.getMessage());
            }
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectViaContextPath(getAddress());
    }

    /** Whoever reads: by the permissions on the job in whose name it was asked for, whatever page this lies below. */
    private Steward steward() {
        Place place = new Place(record.app(), record.environment());
        boolean manager = Jobs.find(record.origin().job())
                .filter(job -> new LaneManagement(job, place).isAllowed())
                .isPresent();
        return new Steward(Actors.current(), manager);
    }

    @Override
    public String getDisplayName() {
        return "#" + record.number();
    }
}
