package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.history.Origin;
import java.util.List;
import java.util.Objects;

/**
 * What a host brings along with a request: which deployment it continues, the gate it has passed, what the host itself
 * asks for, who asks and why.
 *
 * @param deployment id of the announced deployment to continue; empty to begin a new one
 * @param gate id of the gate that has been approved; empty for none
 * @param rules what the host's registration of the environment asks for; empty for nothing
 * @param origin which job of the host asks; of a new deployment only, an announced one has its own
 * @param reason why, in the words of who asks, for the history; of a new deployment only; may be empty
 * @param emergency whether it goes past the gate, for that reason, which is written down for good
 * @param timing at which times it may start, whatever deploy.toml says
 */
public record Mandate(
        String deployment,
        String gate,
        List<Clause> rules,
        Origin origin,
        String reason,
        boolean emergency,
        Timing timing) {
    /** What the reason of a deployment begins with that went past its gate. */
    static final String EMERGENCY = "Emergency, without approval: ";

    /** One that goes past no gate. */
    public Mandate(String deployment, String gate, List<Clause> rules, Origin origin, String reason) {
        this(deployment, gate, rules, origin, reason, false, Timing.none());
    }

    public Mandate {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(timing, "timing");
        rules = List.copyOf(rules);
    }

    /** {@return that of a host that asks for nothing and begins anew} */
    public static Mandate none() {
        return new Mandate("", "", List.of(), Origin.none(), "");
    }

    /** {@return that of a new deployment that a job asks for} */
    public static Mandate of(Origin origin, List<Clause> rules) {
        return new Mandate("", "", rules, origin, "");
    }

    /** {@return the same, continuing an announced deployment} */
    public Mandate continuing(String announced) {
        return new Mandate(announced, gate, rules, origin, reason, emergency, timing);
    }

    /** {@return the same, with the gate that has been approved} */
    public Mandate through(String approvedGate) {
        return new Mandate(deployment, approvedGate, rules, origin, reason, emergency, timing);
    }

    /** {@return the same, with other rules of the host} */
    public Mandate under(List<Clause> others) {
        return new Mandate(deployment, gate, others, origin, reason, emergency, timing);
    }

    /** {@return the same, for a reason} */
    public Mandate because(String why) {
        return new Mandate(deployment, gate, rules, origin, why, emergency, timing);
    }

    /** {@return the same, at these times} */
    public Mandate at(Timing times) {
        return new Mandate(deployment, gate, rules, origin, reason, emergency, times);
    }

    /**
     * {@return the same, past the gate, at any time} Only for a host whose user could deploy by hand as well.
     *
     * @param why not blank
     */
    public Mandate inEmergency(String why) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("an emergency has a reason");
        }
        return new Mandate(deployment, "", rules, origin, EMERGENCY + why.strip(), true, timing);
    }
}
