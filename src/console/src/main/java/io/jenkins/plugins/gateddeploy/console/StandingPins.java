package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.PinDocument;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.time.Clock;
import java.util.List;

/**
 * The pins that stand and that a viewer may see: those of rollbacks of the viewer's jobs.
 *
 * @param history where they are
 * @param host who knows who else may lift none
 * @param clock when one is lifted
 */
record StandingPins(History history, ConsoleHost host, Clock clock) {

    /**
     * What the front end asks for.
     *
     * @param reason why; may be null
     * @param pins ids of those that were shown; null for all
     */
    record Wish(String reason, List<String> pins) {}

    /** {@return those of a place, newest first} */
    List<PinDocument> list(Viewer viewer, Place place) {
        return seen(viewer, place).stream().map(PinDocument::of).toList();
    }

    /** Lifts what the viewer has seen, who has the right to roll back there. */
    void lift(Request request, Place place) {
        Wish wish = Json.read(request.body(), Wish.class);
        String why = Reason.of(wish.reason());
        try {
            host.mayUnpin(request.viewer().actor(), place);
        } catch (ProblemException e) {
            throw ProblemReport.refused(e).refusal();
        }
        Pin.Lifted how = new Pin.Lifted(request.viewer().actor().id(), clock.instant(), why);
        List<String> meant = seen(request.viewer(), place).stream()
                .map(Pin::id)
                .filter(id -> wish.pins() == null || wish.pins().contains(id))
                .toList();
        history.pins().liftAll(meant, how);
    }

    private List<Pin> seen(Viewer viewer, Place place) {
        return history.pins().standing(place.app(), place.environment()).stream()
                .filter(pin -> history.find(pin.deployment())
                        .filter(record -> Deployments.isVisible(viewer, record))
                        .isPresent())
                .toList();
    }
}
