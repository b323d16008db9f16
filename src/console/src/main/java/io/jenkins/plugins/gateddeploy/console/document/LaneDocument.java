package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Pause;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A lane as it is now.
 *
 * @param app application
 * @param environment environment
 * @param paused why nobody gets a turn; null when somebody may
 * @param holder who has the turn; null for nobody
 * @param waiting those that wait, in order
 * @param mayManage whether the viewer may reorder, pause and resume it
 */
public record LaneDocument(
        String app, String environment, Paused paused, Place holder, List<Place> waiting, boolean mayManage) {

    /**
     * Why nobody gets a turn.
     *
     * @param why in the words of who paused the lane
     * @param by user id
     * @param since when
     */
    public record Paused(String why, String by, Instant since) {
        static Paused of(Pause pause) {
            return new Paused(pause.why(), pause.by(), pause.since());
        }
    }

    /**
     * One that has the turn, or waits for it.
     *
     * @param id by which it is moved and taken out
     * @param deployment its id; null for a piece of a script, and for one that the viewer may not see
     * @param title for people; empty when the viewer may not see it
     * @param who user id; empty when the viewer may not see it
     * @param since when it joined
     * @param turn when it got its turn; null while it waits
     * @param expected when it will probably begin; null when nothing can be told
     * @param until how long it waits at most; null for as long as it takes
     * @param mayCancel whether the viewer may take it out
     */
    public record Place(
            String id,
            String deployment,
            String title,
            String who,
            Instant since,
            Instant turn,
            Instant expected,
            Instant until,
            boolean mayCancel) {

        /** {@return an entry that the viewer may see} */
        public static Place of(Entry entry, Map<String, Instant> expected, boolean mayCancel) {
            String deployment = entry.claim().deployment();
            return new Place(
                    entry.id(),
                    deployment.isEmpty() ? null : deployment,
                    entry.claim().title(),
                    entry.claim().asker().person(),
                    entry.claim().since(),
                    entry.turn().orElse(null),
                    expected.get(entry.id()),
                    entry.bounds().until().orElse(null),
                    mayCancel && !entry.hasTurn());
        }

        /** {@return the same, for a viewer who may know of it no more than that it is there} */
        public Place hidden() {
            return new Place(id, null, "", "", since, turn, expected, until, mayCancel);
        }
    }

    /** {@return a lane} */
    public static LaneDocument of(Queue queue, Place holder, List<Place> waiting, boolean mayManage) {
        return new LaneDocument(
                queue.lane().app(),
                queue.lane().environment(),
                queue.pause().map(Paused::of).orElse(null),
                holder,
                waiting,
                mayManage);
    }
}
