package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A phase did not succeed on every target; says what happened on each that failed. */
final class PhaseFailed extends Exception {
    private static final long serialVersionUID = 1;

    /** The exit code by which scripts say that the lock is somebody else's now. */
    static final int LOCK_LOST = 75;

    private final transient Map<Target, String> failures;
    private final transient Set<Target> said;
    private final transient Set<Target> unsure;
    private final boolean lockLost;

    PhaseFailed(String phase, Map<Target, String> failures, boolean lockLost) {
        this(phase, failures, lockLost, Set.of(), Set.of());
    }

    /**
     * @param said targets whose failure stands in the log already
     * @param unsure targets of which nobody knows whether what failed there had its effect all the same
     */
    PhaseFailed(String phase, Map<Target, String> failures, boolean lockLost, Set<Target> said, Set<Target> unsure) {
        super(phase + " failed on " + grouped(failures));
        this.failures = new LinkedHashMap<>(failures);
        this.said = Set.copyOf(said);
        this.unsure = Set.copyOf(unsure);
        this.lockLost = lockLost;
    }

    /** Targets that failed alike are named together. */
    private static String grouped(Map<Target, String> failures) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        failures.forEach((target, what) ->
                alike.computeIfAbsent(what, w -> new ArrayList<>()).add(target.name()));
        return alike.entrySet().stream()
                .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
                .collect(Collectors.joining("; "));
    }

    /** {@return what happened, by target} */
    Map<Target, String> failures() {
        return failures;
    }

    /** {@return what the log does not say yet, by target} */
    Map<Target, String> unsaid() {
        Map<Target, String> unsaid = new LinkedHashMap<>(failures);
        unsaid.keySet().removeAll(said);
        return unsaid;
    }

    /** {@return targets whose failure stands in the log already} */
    Set<Target> said() {
        return said;
    }

    /** {@return targets of which nobody knows whether what failed there had its effect all the same} */
    Set<Target> unsure() {
        return unsure;
    }

    /** {@return whether somebody took over, so that nothing may be touched any more} */
    boolean lockLost() {
        return lockLost;
    }
}
