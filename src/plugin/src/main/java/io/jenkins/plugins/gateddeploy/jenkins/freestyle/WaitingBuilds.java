package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Queue;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** On a job that needs approval: what waits for it in the queue, with the buttons for those who may approve. */
public final class WaitingBuilds implements Action {
    private final AbstractProject<?, ?> job;

    WaitingBuilds(AbstractProject<?, ?> job) {
        this.job = job;
    }

    /** {@return the job} */
    public AbstractProject<?, ?> getJob() {
        return job;
    }

    /** {@return the items of the queue that wait} */
    public List<Queue.Item> getItems() {
        return Queue.getInstance().getItems(job).stream()
                .filter(i -> i.getAction(Awaited.class) != null)
                .toList();
    }

    /** {@return the gate that an item waits at} */
    public String gateOf(Queue.Item item) {
        return item.getAction(Awaited.class).getGate();
    }

    /** {@return whether the reader may decide} */
    public boolean isDeciding() {
        return job.hasPermission(Permissions.APPROVE) && User.current() != null;
    }

    @Override
    public String getIconFileName() {
        return job.hasPermission(Permissions.APPROVE) ? "symbol-checkmark-done-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.WaitingBuilds_displayName();
    }

    @Override
    public String getUrlName() {
        return "waiting-for-approval";
    }

    /** Takes the reader's yes. */
    @RequirePOST
    public HttpResponse doApprove(@QueryParameter String gate, @QueryParameter String comment) {
        return decide(gate, Decision.Verdict.APPROVE, comment);
    }

    /** Takes the reader's no. */
    @RequirePOST
    public HttpResponse doReject(@QueryParameter String gate, @QueryParameter String comment) {
        return decide(gate, Decision.Verdict.REJECT, comment);
    }

    private HttpResponse decide(String gate, Decision.Verdict verdict, String comment) {
        if (getItems().stream().noneMatch(i -> gateOf(i).equals(Util.fixNull(gate)))) {
            throw new Failure(Messages.WaitingBuilds_gone());
        }
        try {
            Decisions.decide(
                    Jenkins.getAuthentication2(),
                    gate,
                    verdict,
                    Util.fixNull(comment).strip());
        } catch (GateException e) {
            Problem why = e.problem();
            throw new Failure(why.mend().isEmpty() ? why.message() : why.message() + " " + why.mend());
        }
        return new HttpRedirect(".");
    }
}
