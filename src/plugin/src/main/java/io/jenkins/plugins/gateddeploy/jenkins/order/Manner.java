package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.io.Serializable;
import java.util.Objects;

/** In which manner an order is carried out. */
public final class Manner implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean dryRun;
    private final boolean force;
    private final String reason;

    /**
     * A manner.
     *
     * @param dryRun whether remote commands are only printed
     * @param force whether to go on in spite of problems that may be forced
     * @param reason why that is right; may be empty when nothing is forced
     */
    public Manner(boolean dryRun, boolean force, String reason) {
        this.dryRun = dryRun;
        this.force = force;
        this.reason = Objects.requireNonNull(reason, "reason").strip();
    }

    /** {@return whether remote commands are only printed} */
    boolean dryRun() {
        return dryRun;
    }

    /** {@return why; may be empty} */
    String reason() {
        return reason;
    }

    /** {@return the request, for the reason that was given} */
    Deployer.Request explain(Deployer.Request request) {
        return request.with(request.mandate().because(reason));
    }

    /**
     * Writes down what was asked for besides the order itself.
     *
     * @throws ProblemException when something is forced for no reason
     */
    void announce(Site site) throws ProblemException {
        if (force && reason.isEmpty()) {
            throw new ProblemException(
                    "order.reason", "Force was asked for without a reason.", "Say why with reason: '…'.");
        }
        if (!reason.isEmpty()) {
            site.listener().getLogger().println((force ? "Forced, because: " : "Reason: ") + reason);
        }
    }
}
