package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** In which manner an order is carried out. */
public final class Manner implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean dryRun;
    private final boolean force;
    private final ArrayList<String> allowed;
    private final String reason;
    private final String emergency;

    /**
     * A manner that keeps to windows and freezes.
     *
     * @param dryRun whether remote commands are only printed
     * @param force whether to go on in spite of all problems that may be forced
     * @param allowed ids of problems in spite of which to go on
     * @param reason why that is right; may be empty
     */
    public Manner(boolean dryRun, boolean force, List<String> allowed, String reason) {
        this(dryRun, force, allowed, reason, "");
    }

    private Manner(boolean dryRun, boolean force, List<String> allowed, String reason, String emergency) {
        this.dryRun = dryRun;
        this.force = force;
        this.allowed = new ArrayList<>(allowed);
        this.reason = Objects.requireNonNull(reason, "reason").strip();
        this.emergency = Objects.requireNonNull(emergency, "emergency").strip();
    }

    /**
     * {@return the same, past windows and freezes}
     *
     * @param why empty to keep to them
     */
    public Manner inEmergency(String why) {
        return new Manner(dryRun, force, allowed == null ? List.of() : allowed, reason, why);
    }

    /** {@return why it goes past windows and freezes; empty when it keeps to them} */
    String emergency() {
        return Util.fixNull(emergency);
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

    /** {@return what is let pass; one that was saved before problems could be named lets none pass by name} */
    Forcing forcing() {
        if (force) {
            return Forcing.all(reason);
        }
        return allowed == null ? Forcing.none() : new Forcing(Set.copyOf(allowed), reason);
    }

    /** Writes down what was asked for besides the order itself. */
    void announce(Site site) {
        if (!reason.isEmpty()) {
            site.listener().getLogger().println((forcing().isNone() ? "Reason: " : "Forced, because: ") + reason);
        }
    }
}
