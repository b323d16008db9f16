package io.jenkins.plugins.gateddeploy.target;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The servers of one deployment, and the only port that crosses to where they can be reached: in Jenkins to an agent,
 * in the CLI to the same process. One connection a target, opened at first use and again after a loss; every call works
 * on all its targets at once and answers for each of them, whatever happens to the others.
 *
 * <p>Safe for use by several threads. An interrupted call closes the channels of its commands (not the connections)
 * and throws.
 */
public interface Targets extends AutoCloseable {

    /**
     * Runs each command on its target and keeps the standard output.
     *
     * @return an outcome for every target of the argument
     */
    Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException;

    /**
     * Runs each command on its target and hands the standard output on as it comes, keeping none.
     *
     * @return an outcome for every target of the argument, with an empty {@code stdout}
     */
    Map<Target, Outcome> run(Map<Target, Command> commands, Output output) throws InterruptedException;

    /**
     * Runs each command on its target with the payload as its standard input (after the command's own {@link
     * Command#stdin}, if any). The payload is made once; a target that fails or stalls past the command's timeout is
     * dropped from the sending without holding up the others for longer.
     *
     * @return an outcome for every target of the argument
     */
    Map<Target, Outcome> send(Map<Target, Command> commands, Payload payload) throws InterruptedException;

    /**
     * Runs a command on one target and gives what it prints to commands on others as their standard input, while it is
     * printed.
     *
     * @return an outcome for every target of {@code to}; a failure of the reading one is a failure of all
     */
    Map<Target, Outcome> relay(Target from, Command reading, Map<Target, Command> to) throws InterruptedException;

    /** {@return what each probe got, once} */
    Map<Target, Probe.Answer> probe(Map<Target, Probe> probes) throws InterruptedException;

    /**
     * Says that for a while nothing but looking comes. What others could use meanwhile (an executor of the host, say) may
     * be given back for good; every call goes on working.
     */
    default void standBy() {
        // Connections hold nothing that others wait for.
    }

    /** Ends every connection. Running commands are cut off; supervised tasks live on. */
    @Override
    void close();

    /** Opens targets; nothing is connected before the first call on the result. */
    @FunctionalInterface
    interface Connector {
        /** {@return the targets of that access} */
        Targets open(Access access);
    }

    /**
     * How to reach the targets of an environment.
     *
     * @param targets at least one
     * @param credential how to log in; never null
     * @param settings never null
     */
    record Access(List<Target> targets, SshCredential credential, Settings settings) implements Serializable {
        public Access {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Limits of the connections, from deploy.toml's {@code [ssh]}.
     *
     * @param connectTimeout until a connection is authenticated
     * @param keepAlive between keep-alive messages; a connection that leaves three of them unanswered is lost
     * @param parallel how many targets are worked on at once
     * @param jump a server through which all targets are reached, with its own login; null for none
     * @param keep how long a process that lives on may keep a connection for the next use; zero to end it at once
     */
    record Settings(Duration connectTimeout, Duration keepAlive, int parallel, Target jump, Duration keep)
            implements Serializable {

        /** Limits of connections that end at once. */
        public Settings(Duration connectTimeout, Duration keepAlive, int parallel, Target jump) {
            this(connectTimeout, keepAlive, parallel, jump, Duration.ZERO);
        }
    }
}
