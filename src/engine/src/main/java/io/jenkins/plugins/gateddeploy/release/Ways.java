package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Says from where to where a rollback would go, without going. */
public final class Ways {
    private final Ports ports;

    /** @param ports what the host brings */
    public Ways(Ports ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    /**
     * From one release to another.
     *
     * @param from what is current
     * @param to what is gone back to
     */
    public record Way(About from, About to) {}

    /**
     * {@return the way back}
     *
     * @param wanted as for a rollback
     * @throws ProblemException when a target cannot be looked at, the targets differ in what is current, or there is no
     *     such release
     * @throws InterruptedException when interrupted
     */
    public Way back(Configuration configuration, String wanted) throws ProblemException, InterruptedException {
        Targets.Access access = Admission.access(configuration, configuration.targets(), ports.credentials());
        try (Targets targets = ports.connector().open(access)) {
            Looked looked = Looked.at(configuration, new Fleet(access.targets(), targets), true);
            if (!looked.failures().isEmpty()) {
                Map<String, String> failures = new LinkedHashMap<>();
                looked.failures().forEach((target, why) -> failures.put(target.name(), why));
                throw new ProblemException(
                        "release.unseen", "Nobody can tell what is current: " + failures + ".", "Mend the targets first.");
            }
            return way(looked.states(), wanted);
        }
    }

    private static Way way(Map<Target, TargetState> states, String wanted) throws ProblemException {
        Releases releases = new Releases(states);
        if (releases.current().size() != 1) {
            throw new ProblemException(
                    "release.differs",
                    releases.current().isEmpty()
                            ? "No release is current."
                            : "The targets differ in what is current: " + String.join(", ", releases.current()) + ".",
                    "Bring them to one release first.");
        }
        String current = releases.current().iterator().next();
        return new Way(about(releases, current), about(releases, releases.find(wanted)));
    }

    private static About about(Releases releases, String release) throws ProblemException {
        return releases.about(release)
                .orElseThrow(() -> new ProblemException(
                        "release.unknown",
                        "Nothing is known of the release " + release + ", not even its commit.",
                        releases.choices()));
    }
}
