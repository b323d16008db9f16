package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.window.Calendar;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Whether a deployment may start at this time. Asked by hosts that can wait before they begin, and by {@link Deployer}
 * in any case. Going back is possible at any time.
 *
 * @param clock the host's
 */
public record Entrance(Clock clock) {
    /** {@return why it has to wait, or is refused, now; empty when it may start} */
    public Optional<Closed> closed(Deployer.Request request) {
        Timing timing = request.mandate().timing();
        return isEmergency(request)
                ? Optional.empty()
                : calendar(request).closed(timing.since().orElseGet(clock::instant));
    }

    /** {@return what those who plan it are told} */
    List<Problem> told(Deployer.Request request) {
        String environment = request.configuration().environment();
        Mandate mandate = request.mandate();
        return calendar(request).closed(clock.instant()).stream()
                .map(closed -> isEmergency(request)
                        ? closed.passed(environment, mandate.timing().emergency())
                        : closed.planned(environment))
                .toList();
    }

    /**
     * Lets it start, or not.
     *
     * @return why it starts although it is closed; empty when it is open
     * @throws ProblemException {@code window.closed} when it must not start now
     */
    Optional<String> admit(Deployer.Request request, Kind kind) throws ProblemException {
        if (kind != Kind.DEPLOY) {
            return Optional.empty();
        }
        Optional<Closed> closed = closed(request);
        if (closed.isPresent()) {
            throw new ProblemException(
                    List.of(closed.get().problem(request.configuration().environment())));
        }
        return isEmergency(request) ? calendar(request).closedBecause(clock.instant()) : Optional.empty();
    }

    private static boolean isEmergency(Deployer.Request request) {
        return request.mandate().emergency()
                || !request.mandate().timing().emergency().isEmpty();
    }

    private static Calendar calendar(Deployer.Request request) {
        return Calendar.of(
                request.configuration().opening(), request.mandate().timing().registered());
    }
}
