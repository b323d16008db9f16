package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * An order whose turn it is.
 *
 * @param lined the order
 * @param site of the order
 * @param ticket of the order
 */
public record Turn(Lined lined, Site site, Ticket ticket) {

    /** {@return whether it is the turn of an entry, which has it from now on} */
    public static boolean take(Entry entry) {
        return JenkinsHost.get().history().lanes().take(entry.id(), Instant.now());
    }

    /**
     * Carries the order out. Whatever comes of it, others get their turn after it; but not before Jenkins is there again,
     * when it ends.
     *
     * @throws MustWait when its environment has closed while it waited for its turn
     */
    public Map<String, Object> carryOut() throws ProblemException, IOException, InterruptedException {
        Lineup lineup = new Lineup(site, ticket);
        String end = "It could not begin.";
        try {
            return lined.carryOut(site, ticket);
        } catch (MustWait e) {
            // Others need not wait for that.
            lineup.stepOut();
            throw e;
        } catch (ProblemException | IOException | RuntimeException e) {
            end = String.valueOf(e.getMessage());
            throw e;
        } finally {
            if (!JenkinsHost.get().isEnding()) {
                lineup.leave(end);
            }
        }
    }
}
