package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A phase did not succeed on every target; says what happened on each that failed. */
final class PhaseFailed extends Exception {
    private static final long serialVersionUID = 1;

    /** The exit code by which scripts say that the lock is somebody else's now. */
    static final int LOCK_LOST = 75;

    private final transient Map<Target, String> failures;
    private final boolean lockLost;

    PhaseFailed(String phase, Map<Target, String> failures, boolean lockLost) {
        super(phase + " failed on " + grouped(failures));
        this.failures = new LinkedHashMap<>(failures);
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

    /** {@return whether somebody took over, so that nothing may be touched any more} */
    boolean lockLost() {
        return lockLost;
    }
}
