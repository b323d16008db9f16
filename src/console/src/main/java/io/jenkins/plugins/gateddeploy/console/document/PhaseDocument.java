package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.Course;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A phase of a deployment.
 *
 * @param name as the engine calls it; {@code queued}, {@code held}, {@code interrupted}; or a state in lower case of a
 *     deployment whose phases were not written down
 * @param standing whether it is over, goes on, or was the last before the deployment failed
 * @param begun when
 * @param durationMillis how long it took; null while it goes on
 */
public record PhaseDocument(String name, Standing standing, Instant begun, Long durationMillis) {
    static final String GOING_BACK = "going back";

    /** Where a phase stands. */
    public enum Standing {
        /** Over, well. */
        DONE,
        /** Goes on. */
        CURRENT,
        /** The deployment failed here. */
        FAILED,
        /** The deployment was stopped here. */
        STOPPED
    }

    private record Begun(String name, Instant at) {}

    /** {@return the phases of a deployment, as they came} */
    public static List<PhaseDocument> of(DeploymentRecord record, List<Event> events, Course course) {
        List<Begun> all = begun(events, course);
        int last = all.size() - 1;
        int broken = last > 0 && all.get(last).name().equals(GOING_BACK) ? last - 1 : last;
        List<PhaseDocument> phases = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Instant end = i < last ? all.get(i + 1).at() : record.ended().orElse(null);
            Standing standing = Standing.DONE;
            if (i == last && !record.state().isFinal()) {
                standing = Standing.CURRENT;
            } else if (i == broken) {
                standing = how(record.state());
            }
            Long took = end == null
                    ? null
                    : Math.max(0, Duration.between(all.get(i).at(), end).toMillis());
            phases.add(new PhaseDocument(all.get(i).name(), standing, all.get(i).at(), took));
        }
        return phases;
    }

    private static Standing how(State state) {
        return switch (state) {
            case FAILED, ROLLED_BACK -> Standing.FAILED;
            case REJECTED, CANCELLED, INTERRUPTED -> Standing.STOPPED;
            default -> Standing.DONE;
        };
    }

    /** Phases tell more than states, where there are any. */
    private static List<Begun> begun(List<Event> events, Course course) {
        Set<State> told = course.phases().isEmpty()
                ? EnumSet.of(State.QUEUED, State.HELD, State.CHECKING, State.DEPLOYING, State.CONFIRMING)
                : EnumSet.of(State.QUEUED, State.HELD);
        List<Begun> all = new ArrayList<>();
        State before = null;
        for (Event event : events) {
            // Some events only add a message to a state.
            if (told.contains(event.state()) && event.state() != before) {
                all.add(new Begun(event.state().name().toLowerCase(Locale.ROOT), event.time()));
            }
            before = event.state();
        }
        course.phases().forEach(phase -> all.add(new Begun(phase.name(), phase.begun())));
        all.sort(Comparator.comparing(Begun::at));
        return all;
    }
}
