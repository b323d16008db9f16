package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Util;
import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.hand.Errands;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Settlements;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.GivingUp;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of one deployment, with its log; also of one that no build asked for. */
public final class DeploymentPage implements ModelObject {
    private final Scope scope;
    private final DeploymentRecord record;
    private final String refusal;

    private DeploymentPage(Scope scope, DeploymentRecord record, String refusal) {
        this.scope = scope;
        this.record = record;
        this.refusal = refusal;
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
                .map(record -> new DeploymentPage(scope, record, ""));
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

    /** {@return why it was not taken back just now, and what can be done; empty when nobody has tried} */
    public String getRefusal() {
        return refusal;
    }

    /** {@return whether a person has asked for it on a page, it has not begun, and the reader may take it back} */
    public boolean isRetractable() {
        return Errand.isKept(record.id()) && steward().mayTakeBack(record.actor());
    }

    /** Takes back what a person has asked for on a page, as long as it waits. */
    @RequirePOST
    public HttpResponse doTakeBack() {
        if (!Errand.isKept(record.id())) {
            return tooLate();
        }
        try {
            Errands.get().takeBack(record.id(), steward());
        } catch (LaneException e) {
            if (e.problem().id().equals("lane.permission")) {
                throw refused(e);
            }
            return tooLate();
        }
        return HttpResponses.redirectViaContextPath(getAddress());
    }

    /** The same page, which goes on showing what it does, with why it was not taken back. */
    private HttpResponse tooLate() {
        DeploymentRecord now = JenkinsHost.get().history().find(record.id()).orElse(record);
        DeploymentPage page = new DeploymentPage(scope, now, why(now));
        return new Conflict(page);
    }

    /** A page that says why something was not done. */
    private record Conflict(DeploymentPage page) implements HttpResponse {
        @Override
        public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                throws IOException, ServletException {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            HttpResponses.forwardToView(page, "index").generateResponse(request, response, node);
        }
    }

    private static String why(DeploymentRecord now) {
        String number = String.valueOf(now.number());
        if (now.state().isFinal()) {
            return Messages.DeploymentPage_ended(number, States.name(now.state()));
        }
        return now.origin().build() > 0
                ? Messages.DeploymentPage_begunByBuild(number, now.origin().text())
                : Messages.DeploymentPage_begun(number);
    }

    /** {@return whether it was under way when Jenkins ended, cannot be settled yet, and the reader may give it up} */
    public boolean isAbandonable() {
        return Settlements.get().isUnsettled(record.id()) && steward().manager();
    }

    /** Ends it, when it cannot be settled: it is tried once more, which may take as long as connecting does. */
    @RequirePOST
    public HttpResponse doGiveUp(@QueryParameter String why) throws InterruptedException {
        GivingUp.Outcome outcome;
        Steward steward = steward();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            outcome = Settlements.get().giveUp(record.id(), steward, Util.fixNull(why));
        } catch (LaneException e) {
            throw refused(e);
        } catch (ProblemException e) {
            throw new Failure(e.getMessage());
        }
        if (!outcome.over()) {
            throw new Failure(outcome.message());
        }
        return HttpResponses.redirectViaContextPath(getAddress());
    }

    private static RuntimeException refused(LaneException e) {
        return e.problem().id().equals("lane.permission")
                ? HttpResponses.errorWithoutStack(HttpServletResponse.SC_FORBIDDEN, e.getMessage())
                : new Failure(e.getMessage());
    }

    /**
     * Whoever reads: by the permissions on the job in whose name it was asked for, whatever page this lies below. When that
     * is gone, who may do everything is left.
     */
    private Steward steward() {
        Place place = new Place(record.app(), record.environment());
        boolean manager = Jobs.find(record.origin().job())
                .map(job -> new LaneManagement(job, place).isAllowed())
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER));
        return new Steward(Actors.current(), manager);
    }

    @Override
    public String getDisplayName() {
        return "#" + record.number();
    }
}
