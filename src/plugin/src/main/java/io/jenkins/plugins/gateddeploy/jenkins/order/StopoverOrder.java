package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.About;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Result;
import io.jenkins.plugins.gateddeploy.release.Ways;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a way back that goes through another environment: it waits in the lane of that environment, and gives its
 * place back before people are asked and the lane of the environment itself is joined. So no way back ever holds one lane
 * while it waits for another, and two that go opposite ways cannot wait for one another.
 */
final class StopoverOrder implements Lined {
    private static final long serialVersionUID = 1;

    private final RollbackOrder whole;
    private final Stopover stopover;

    /** @param stopover how far it has come */
    StopoverOrder(RollbackOrder whole, Stopover stopover) {
        this.whole = whole;
        this.stopover = stopover;
    }

    @Override
    public String environment() {
        return whole.via();
    }

    @Override
    public Optional<Entry> join(Site given, Ticket ticket) throws ProblemException, IOException, InterruptedException {
        Site site = whole.to().from(given);
        Lineup lineup = new Lineup(site, ticket);
        Optional<Entry> known = lineup.entry();
        if (known.isPresent()) {
            return known;
        }
        RollbackOrder.Job then = whole.job(site, whole.to(), ticket);
        refuseWithin(ticket, then.application().configuration());
        RollbackOrder.Job first = whole.job(site, whole.to().in(whole.via()), ticket);
        About wanted = whole.way(site, then, stopover).to();
        stopover.before(wanted.release());
        Optional<Ways.Bringing> bringing = ways(site, first)
                .bringing(request(first, wanted), then.application().configuration(), wanted);
        if (bringing.isEmpty()) {
            say(site, wanted);
            return Optional.empty();
        }
        Lineup.Wish wish = new Lineup.Wish(bringing.get().kind(), bringing.get().ref(), "", "");
        return Optional.of(
                lineup.join(request(first, wanted), first.application().file(), wish));
    }

    /** Its block would hold one lane while this waits for another. */
    private void refuseWithin(Ticket ticket, Configuration then) throws ProblemException {
        Lane lane = new Lane(then.app(), then.environment());
        if (!ticket.above(lane).isEmpty()) {
            throw new ProblemException(
                    "rollback.via",
                    "This is inside deployLane, which holds " + lane.words() + ", and would wait in the lane of "
                            + whole.via() + " meanwhile. What goes the other way would wait for this, and this for it.",
                    "Take rollbackTo out of the block: it waits for its turn by itself.");
        }
    }

    @Override
    public Map<String, Object> carryOut(Site site) throws ProblemException, IOException, InterruptedException {
        return carryOut(site, stopover.ticket());
    }

    @Override
    public Map<String, Object> carryOut(Site given, Ticket ticket)
            throws ProblemException, IOException, InterruptedException {
        if (!ticket.isLinedUp()) {
            // There was nothing to wait for.
            return Map.of();
        }
        Site site = whole.to().from(given);
        RollbackOrder.Job then = whole.job(site, whole.to(), ticket);
        RollbackOrder.Job first = whole.job(site, whole.to().in(whole.via()), ticket);
        About wanted = whole.way(site, then, stopover).to();
        Optional<Result> result = ways(site, first)
                .bring(ticket.bind(request(first, wanted)), then.application().configuration(), wanted);
        if (result.isPresent()) {
            return Outcomes.of(site, result.get());
        }
        say(site, wanted);
        return Map.of();
    }

    private static Ways ways(Site site, RollbackOrder.Job first) {
        return new Ways(site.ports(first.application().file()));
    }

    /** Who looks at that lane sees what comes of it. */
    private Deployer.Request request(RollbackOrder.Job first, About wanted) {
        Deployer.Request request = first.everywhere();
        return request.mandate().reason().isBlank()
                ? request.with(request.mandate()
                        .because("Before " + whole.environment() + " goes back to " + wanted.label() + "."))
                : request;
    }

    private void say(Site site, About wanted) {
        site.listener().getLogger().println(wanted.label() + " is current in " + whole.via() + " already.");
    }
}
