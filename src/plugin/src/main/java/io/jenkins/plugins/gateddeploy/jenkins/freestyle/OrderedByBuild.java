package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Sentences;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Waiters;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.lane.Turns;
import io.jenkins.plugins.gateddeploy.jenkins.order.Gated;
import io.jenkins.plugins.gateddeploy.jenkins.order.Held;
import io.jenkins.plugins.gateddeploy.jenkins.order.Lined;
import io.jenkins.plugins.gateddeploy.jenkins.order.Lineup;
import io.jenkins.plugins.gateddeploy.jenkins.order.Order;
import io.jenkins.plugins.gateddeploy.jenkins.order.Site;
import io.jenkins.plugins.gateddeploy.jenkins.order.Ticket;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Has an order carried out by the build that gives it. */
final class OrderedByBuild {
    private OrderedByBuild() {}

    /**
     * Returns when it succeeded.
     *
     * @param order made with the build's variables in its texts
     * @throws AbortException when it failed, with a message for people
     * @throws InterruptedException when the build was aborted; by then the deployment has been ended cleanly
     */
    static void carryOut(
            AbstractBuild<?, ?> build, BuildListener listener, Function<UnaryOperator<String>, Order> order)
            throws IOException, InterruptedException {
        EnvVars variables = build.getEnvironment(listener);
        Site site = new Site(build, Optional.ofNullable(build.getWorkspace()), variables, listener);
        try {
            Order wanted = order.apply(variables::expand);
            if (wanted instanceof Lined lined) {
                carryOut(lined, site);
            } else {
                wanted.carryOut(site);
            }
        } catch (ProblemException e) {
            throw new AbortException(e.getMessage());
        } catch (InterruptedException e) {
            // Jenkins says that the build was aborted; what is on the targets now must be read as well.
            if (e.getMessage() != null) {
                listener.error(e.getMessage());
            }
            throw e;
        }
    }

    private static void carryOut(Lined lined, Site site) throws ProblemException, IOException, InterruptedException {
        Ticket ticket = new Ticket();
        Optional<Lined> before = lined instanceof Gated gated ? gated.before(ticket) : Optional.empty();
        if (before.isPresent()) {
            inTurn(before.get(), ticket.stopover().ticket(), site);
            ticket.stopover().end();
        }
        Optional<Gate> gate = lined instanceof Gated gated ? gated.ask(site, ticket) : Optional.empty();
        if (gate.isPresent()) {
            await(gate.get(), new Held(site, ticket));
            ticket.pass(gate.get().id());
        }
        inTurn(lined, ticket, site);
    }

    private static void inTurn(Lined lined, Ticket ticket, Site site)
            throws ProblemException, IOException, InterruptedException {
        Optional<Entry> entry = lined.join(site, ticket);
        Lineup lineup = new Lineup(site, ticket);
        if (entry.isPresent()) {
            await(entry.get(), lineup);
        }
        String end = "It could not begin.";
        try {
            lined.carryOut(site, ticket);
        } catch (ProblemException | IOException | RuntimeException e) {
            end = String.valueOf(e.getMessage());
            throw e;
        } finally {
            // A build of this kind does not go on when Jenkins is there again.
            if (!JenkinsHost.get().isEnding()) {
                lineup.leave(end);
            }
        }
    }

    private static void await(Entry entry, Lineup lineup) throws AbortException, InterruptedException {
        if (JenkinsHost.get().history().lanes().take(entry.id(), Instant.now())) {
            return;
        }
        lineup.site().listener().getLogger().println(lineup.waiting(entry));
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        Turns.get().await(entry, () -> turn.complete(true), () -> turn.complete(false));
        try {
            if (!turn.get()) {
                throw new AbortException(lineup.takenOut().orElse("It was taken out of its lane."));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Turns.get().forget(entry.id());
            lineup.cancel("The build was aborted.");
            throw e;
        }
    }

    /** A build step cannot give its executor back, so it waits where it is. */
    private static void await(Gate gate, Held held) throws AbortException, InterruptedException {
        PrintStream console = held.site().listener().getLogger();
        console.println(Sentences.waiting(gate));
        CompletableFuture<Gate> decided = new CompletableFuture<>();
        Waiters.get().await(gate.id(), decided::complete);
        try {
            Gate closed = decided.get();
            console.println(Sentences.ending(closed));
            if (closed.standing(Instant.now()) != Standing.APPROVED) {
                held.settle(closed);
                throw new AbortException(Sentences.failure(closed));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Waiters.get().forget(gate.id());
            held.cancel("The build was aborted.");
            throw e;
        }
    }
}
