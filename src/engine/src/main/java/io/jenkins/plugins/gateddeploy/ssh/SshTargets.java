package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;

/** The targets of one access, each over its one SSH connection. */
final class SshTargets implements Targets {
    private static final Execution.Feed NOTHING = (in, ended) -> {};
    /** So often a server may refuse the only channel of a connection. */
    private static final int PATIENCE = 20;

    private final SshClient client;
    private final Access access;
    private final Settings settings;
    private final ExecutorService workers;
    private final IdleConnections idle;
    private final Crew crew;
    private final Dialling dialling;
    private final Link jump;
    private final Map<Target, Link> links = new ConcurrentHashMap<>();
    private final Probes probes = new Probes();
    private volatile boolean closed;

    /** @param idle where connections may be that others have left, and where these are left; null to end them */
    SshTargets(SshClient client, Access access, ExecutorService workers, IdleConnections idle) {
        this.client = client;
        this.access = access;
        // One through a jump host would end with the one to that, which may be somebody else's by then.
        this.idle = access.settings().jump() == null ? idle : null;
        this.settings = access.settings();
        this.workers = workers;
        this.crew = new Crew(workers);
        this.dialling = new Dialling(client, access);
        this.jump = settings.jump() == null ? null : new Link(() -> dialling.direct(settings.jump()));
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
        return run(commands, null);
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands, Output output) throws InterruptedException {
        requireOpen();
        return crew.each(commands, settings.parallel(), (target, command) -> execute(target, command, output, NOTHING));
    }

    @Override
    public Map<Target, Outcome> send(Map<Target, Command> commands, Payload payload) throws InterruptedException {
        return distribute(commands, payload::writeTo);
    }

    @Override
    public Map<Target, Outcome> relay(Target from, Command reading, Map<Target, Command> to)
            throws InterruptedException {
        return distribute(to, out -> {
            try {
                Outcome outcome =
                        execute(from, reading, (target, bytes, at, count) -> pass(out, bytes, at, count), NOTHING);
                if (!outcome.ok()) {
                    throw new IOException(from.name() + ": " + outcome.describe());
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    @Override
    public Map<Target, Probe.Answer> probe(Map<Target, Probe> asked) throws InterruptedException {
        return crew.each(asked, settings.parallel(), (target, probe) -> probes.ask(probe));
    }

    @Override
    public void close() {
        closed = true;
        if (idle != null && !settings.keep().isZero()) {
            links.forEach((target, link) ->
                    link.release().ifPresent(one -> idle.keep(idle.key(target, access), one, settings.keep())));
        }
        try {
            // Saying goodbye to many servers takes a while, and nobody needs to wait for that.
            workers.execute(this::disconnect);
        } catch (RejectedExecutionException e) {
            // The connector was closed before, and its connections with it.
            disconnect();
        }
    }

    private void disconnect() {
        links.values().forEach(Link::close);
        if (jump != null) {
            jump.close();
        }
    }

    private Map<Target, Outcome> distribute(Map<Target, Command> commands, Broadcast.Source source)
            throws InterruptedException {
        requireOpen();
        // Opening connections is what costs, so that is bounded. The content is made once, so all must then take it.
        Map<Target, Outcome> reached = crew.each(commands, settings.parallel(), (target, command) -> reach(target));
        Map<Target, Command> takers = new LinkedHashMap<>(commands);
        takers.keySet().removeIf(target -> reached.get(target) instanceof Outcome.Unreached);
        Map<Target, Outcome> outcomes = new LinkedHashMap<>(reached);
        outcomes.putAll(broadcast(takers, source));
        return outcomes;
    }

    private static void pass(OutputStream out, byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Target, Outcome> broadcast(Map<Target, Command> commands, Broadcast.Source source)
            throws InterruptedException {
        if (commands.isEmpty()) {
            return Map.of();
        }
        Broadcast broadcast = new Broadcast(commands.keySet());
        Crew.Started<Outcome> started = crew.start(commands, commands.size(), (target, command) -> {
            Broadcast.Lane lane = broadcast.lane(target);
            try {
                return execute(target, command, null, lane);
            } finally {
                lane.leave();
            }
        });
        IOException unreadable = null;
        try {
            unreadable = broadcast.send(source);
        } catch (InterruptedException e) {
            started.stop();
            throw e;
        }
        started.join();
        Map<Target, Outcome> outcomes = new LinkedHashMap<>();
        for (Target target : commands.keySet()) {
            outcomes.put(target, unreadable == null ? started.answers().get(target) : cutShort(unreadable));
        }
        return outcomes;
    }

    private static Outcome cutShort(IOException unreadable) {
        return new Outcome.Unreached(
                Reason.LOST,
                "What was to be sent could not be read to its end: " + unreadable.getMessage(),
                "The server got a part of it; send it again.");
    }

    private Outcome reach(Target target) throws InterruptedException {
        try {
            link(target).session();
            return new Outcome.Exited(0, "", "");
        } catch (Unreachable e) {
            return e.outcome();
        }
    }

    private Outcome execute(Target target, Command command, Output output, Execution.Feed feed)
            throws InterruptedException {
        try {
            Link link = link(target);
            ClientSession session = link.session();
            try {
                return link.use(session, open -> run(open, target, command, output, feed));
            } catch (Execution.NotStarted e) {
                if (session.isOpen()) {
                    return refused(target, command, e);
                }
                // The connection had broken since its last use. The command did not run, so it is safe to try anew.
                return link.use(link.session(), open -> run(open, target, command, output, feed));
            }
        } catch (Unreachable e) {
            return e.outcome();
        } catch (Execution.NotStarted e) {
            return refused(target, command, e);
        }
    }

    private Outcome run(ClientSession open, Target target, Command command, Output output, Execution.Feed feed)
            throws Execution.NotStarted, InterruptedException {
        if (feed == NOTHING) {
            Optional<Outcome> outcome =
                    StandingShell.of(open).run(target, command, output, client.getScheduledExecutorService());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return onAChannelOfItsOwn(open, target, command, output, feed);
    }

    /** When the server lets the connection have no more channels, the command waits until another has ended. */
    private Outcome onAChannelOfItsOwn(
            ClientSession open, Target target, Command command, Output output, Execution.Feed feed)
            throws Execution.NotStarted, InterruptedException {
        long end = System.nanoTime() + command.timeout().toNanos();
        for (int alone = 0; ; ) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            Seats.Seat seat = Seats.of(open).take(left, StandingShell.of(open)::makeRoom);
            if (seat == null) {
                throw new Execution.NotStarted(
                        new IOException("no session was free within " + Words.of(command.timeout())));
            }
            try {
                return new Execution(target, command, client.getScheduledExecutorService(), workers)
                        .run(open, output, feed, seat);
            } catch (Execution.NotStarted e) {
                if (!e.isRefusal() || !open.isOpen() || (seat.refused() && ++alone == PATIENCE)) {
                    throw e;
                }
            }
        }
    }

    private static Outcome refused(Target target, Command command, Execution.NotStarted why) {
        return new Outcome.Unreached(
                Reason.LOST,
                target.name() + " did not start \"" + command.name() + "\": " + why.getMessage() + ".",
                "The connection is there; see sshd's log on the server, and its MaxSessions.");
    }

    private Link link(Target target) {
        return links.computeIfAbsent(
                target, one -> new Link(() -> jump == null ? direct(one) : dialling.through(jump.session(), one)));
    }

    private ClientSession direct(Target target) throws Unreachable, InterruptedException {
        ClientSession left = idle == null ? null : idle.take(idle.key(target, access));
        if (left != null) {
            return left;
        }
        ClientSession opened = dialling.direct(target);
        IdleConnections.opened(opened);
        return opened;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("These targets are closed already.");
        }
    }
}
