package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.LaneDocument;
import io.jenkins.plugins.gateddeploy.console.document.LanesDocument;
import io.jenkins.plugins.gateddeploy.console.document.ProblemDocument;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Forecast;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lanes that a viewer may see, and what people do about them. Who may is decided by the engine; the host says only
 * who manages a lane.
 *
 * @param lanes where they are
 * @param clock what time it is
 */
record LanePages(Lanes lanes, Clock clock) {
    /**
     * What the front end asks for.
     *
     * @param entry id of what waits; null for the whole lane
     * @param place where it shall be, from 1; null for no other
     * @param why in the words of the person; may be null
     */
    record Wish(String entry, Integer place, String why) {}

    /** {@return the lanes in which something is, or that are paused} */
    LanesDocument list(Request request) {
        Optional<String> app = request.parameter("app");
        Optional<String> environment = request.parameter("environment");
        return new LanesDocument(lanes.all().stream()
                .filter(q -> app.map(q.lane().app()::equals).orElse(true))
                .filter(q -> environment.map(q.lane().environment()::equals).orElse(true))
                .filter(q -> isVisible(request.viewer(), q.lane()))
                .map(q -> document(request.viewer(), q))
                .toList());
    }

    /** {@return one lane, also when nothing is in it} */
    LaneDocument one(Request request, Lane lane) {
        require(request, lane);
        return document(request.viewer(), lanes.queue(lane));
    }

    /**
     * {@return the lane after a person has done something about it}
     *
     * @param what {@code cancellations}, {@code moves}, {@code pauses} or {@code resumptions}
     */
    LaneDocument change(Request request, Lane lane, String what) {
        require(request, lane);
        Wish wish = Json.read(request.body(), Wish.class);
        String why = Reason.of(wish.why());
        Steward steward = steward(request.viewer(), lane);
        Instant now = clock.instant();
        try {
            switch (what) {
                case "cancellations" -> lanes.cancel(entry(lane, wish), steward, why, now);
                case "moves" -> lanes.move(entry(lane, wish), place(wish), steward, now);
                case "pauses" -> lanes.pause(lane, why, steward, now);
                case "resumptions" -> lanes.resume(lane, steward, now);
                default ->
                    throw ProblemReport.notFound("A lane knows no " + what + ".")
                            .refusal();
            }
        } catch (LaneException e) {
            throw refusal(e).refusal();
        }
        return document(request.viewer(), lanes.queue(lane));
    }

    private static ProblemReport refusal(LaneException e) {
        List<ProblemDocument> problems = List.of(ProblemDocument.of(e.problem()));
        String message = e.problem().message();
        return switch (e.problem().id()) {
            case "lane.permission" -> ProblemReport.forbidden(message);
            case "lane.reason" -> ProblemReport.badRequest(message);
            default -> new ProblemReport(409, "Not any more", message, problems);
        };
    }

    /** An entry of another lane is none of this one, whatever its id: permissions are asked for this one. */
    private String entry(Lane lane, Wish wish) {
        if (wish.entry() == null || lanes.queue(lane).find(wish.entry()).isEmpty()) {
            throw new ProblemReport(
                            409,
                            "Not any more",
                            "That does not wait in this lane any more. Look at it as it is now.",
                            List.of())
                    .refusal();
        }
        return wish.entry();
    }

    private static int place(Wish wish) {
        if (wish.place() == null || wish.place() < 1) {
            throw ProblemReport.badRequest("place must be a number from 1, not " + wish.place() + ".")
                    .refusal();
        }
        return wish.place();
    }

    private static Steward steward(Viewer viewer, Lane lane) {
        return new Steward(viewer.actor(), viewer.may(Act.MANAGE_LANE, lane.app(), lane.environment()));
    }

    private LaneDocument document(Viewer viewer, Queue queue) {
        Steward steward = steward(viewer, queue.lane());
        Map<String, Instant> expected = Forecast.of(queue, lanes.durations(queue.lane()), clock.instant());
        LaneDocument.Place holder = queue.holder()
                .map(entry -> place(viewer, steward, entry, expected))
                .orElse(null);
        List<LaneDocument.Place> waiting = queue.waiting().stream()
                .map(entry -> place(viewer, steward, entry, expected))
                .toList();
        return LaneDocument.of(queue, holder, waiting, steward.manager());
    }

    private static LaneDocument.Place place(
            Viewer viewer, Steward steward, Entry entry, Map<String, Instant> expected) {
        LaneDocument.Place place = LaneDocument.Place.of(entry, expected, steward.mayCancel(entry));
        return viewer.sees(entry.claim().asker().job()) ? place : place.hidden();
    }

    private static boolean isVisible(Viewer viewer, Lane lane) {
        return viewer.may(Act.VIEW, lane.app(), lane.environment());
    }

    private static void require(Request request, Lane lane) {
        if (!isVisible(request.viewer(), lane)) {
            throw ProblemReport.notFound("There is no environment " + lane.environment() + " of " + lane.app() + ".")
                    .refusal();
        }
    }
}
