package io.jenkins.plugins.gateddeploy.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody lets pass although it is wrong.
 *
 * @param allowed ids of problems; {@value #ALL} for all that may be forced
 * @param reason why; may be empty where nobody asks for one
 */
public record Forcing(Set<String> allowed, String reason) {
    /** Stands for every problem that may be forced. */
    public static final String ALL = "*";

    public Forcing {
        allowed = Collections.unmodifiableSet(new TreeSet<>(allowed));
        reason = Objects.requireNonNull(reason, "reason").strip();
    }

    /** {@return that of somebody who lets nothing pass} */
    public static Forcing none() {
        return new Forcing(Set.of(), "");
    }

    /** {@return that of somebody who lets everything pass that may be forced} */
    public static Forcing all(String reason) {
        return new Forcing(Set.of(ALL), reason);
    }

    /** {@return that of somebody who lets pass what was let pass before, and nothing that has come up since} */
    public static Forcing again(Forced before) {
        return new Forcing(Set.copyOf(before.ids()), before.reason());
    }

    /** {@return whether it lets anything pass} */
    public boolean isNone() {
        return allowed.isEmpty();
    }

    /**
     * {@return what stands, and what is let pass} Warnings stop nobody, so there is nothing about them to force.
     *
     * @param found in the order people should read it
     */
    public Judgement judge(Collection<Problem> found, ForcingRules rules) {
        List<Problem> problems = new ArrayList<>(new LinkedHashSet<>(found));
        Set<String> forced = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        for (Problem problem : problems) {
            if (problem.severity() == Severity.ERROR) {
                boolean named = allowed.contains(problem.id());
                if (rules.forbids(problem.id())) {
                    if (named) {
                        refused.add(problem.id());
                    }
                } else if (named || allowed.contains(ALL)) {
                    forced.add(problem.id());
                }
            }
        }
        if (!refused.isEmpty()) {
            problems.add(Problem.error(
                    ForcingRules.NOT_FORCEABLE,
                    "Here nobody may force " + String.join(", ", refused) + ".",
                    "Mend it, or have whoever looks after the environment change what may not be forced."));
        }
        if (!forced.isEmpty() && rules.reasonRequired() && reason.isEmpty()) {
            problems.add(Problem.error(
                    ForcingRules.REASON_MISSING,
                    "The registration of this environment asks why problems are forced (" + String.join(", ", forced)
                            + "), and no reason is given.",
                    "Say why, with reason."));
        }
        return new Judgement(problems, forced.isEmpty() ? Forced.nothing() : new Forced(List.copyOf(forced), reason));
    }
}
