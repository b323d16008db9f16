package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Queue;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.util.List;
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
    public HttpResponse doApprove(@QueryParameter(required = true) String gate, @QueryParameter String comment) {
        return decide(gate, Decision.Verdict.APPROVE, comment);
    }

    /** Takes the reader's no. */
    @RequirePOST
    public HttpResponse doReject(@QueryParameter(required = true) String gate, @QueryParameter String comment) {
        return decide(gate, Decision.Verdict.REJECT, comment);
    }

    private HttpResponse decide(String gate, Decision.Verdict verdict, String comment) {
        job.checkPermission(Permissions.APPROVE);
        if (User.current() == null) {
            throw new Failure(Messages.WaitingBuilds_logIn());
        }
        if (getItems().stream().noneMatch(i -> gateOf(i).equals(gate))) {
            throw new Failure(Messages.WaitingBuilds_gone());
        }
        try {
            Approvals.get()
                    .decide(
                            gate,
                            Actors.current(),
                            verdict,
                            Util.fixNull(comment).strip());
        } catch (GateException e) {
            // Its message speaks of an environment, and there is none here.
            throw new Failure(
                    e.problem().mend().isEmpty()
                            ? e.problem().message()
                            : Messages.WaitingBuilds_refused(e.problem().mend()));
        }
        return new HttpRedirect(".");
    }
}
