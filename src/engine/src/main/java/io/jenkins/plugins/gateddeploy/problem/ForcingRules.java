package io.jenkins.plugins.gateddeploy.problem;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may be forced in an environment.
 *
 * @param notForceable ids of problems that nobody may force
 * @param reasonRequired whether whoever forces has to say why
 */
public record ForcingRules(Set<String> notForceable, boolean reasonRequired) {
    /** Somebody tried to force what nobody may. */
    public static final String NOT_FORCEABLE = "problem.not-forceable";
    /** Somebody forced without saying why. */
    public static final String REASON_MISSING = "problem.reason";

    /** A deployment cannot go on past these, whoever wants it to. */
    private static final Set<String> NEVER = Set.of("config.not-built", "window.closed", NOT_FORCEABLE, REASON_MISSING);

    public ForcingRules {
        notForceable = Collections.unmodifiableSet(new TreeSet<>(notForceable));
    }

    /** {@return those of somebody who does not mind} */
    public static ForcingRules none() {
        return new ForcingRules(Set.of(), false);
    }

    /** {@return the strictest of both} */
    public ForcingRules and(ForcingRules other) {
        Set<String> both = new TreeSet<>(notForceable);
        both.addAll(other.notForceable);
        return new ForcingRules(both, reasonRequired || other.reasonRequired);
    }

    /** {@return whether nobody may force a problem} */
    public boolean forbids(String id) {
        return NEVER.contains(id) || notForceable.contains(id) || notForceable.contains(Forcing.ALL);
    }
}
