package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What a host brings to the engine. Nothing in the engine reaches for the outside but through these.
 *
 * @param credentials the host's credentials
 * @param connector reaches targets
 * @param history the host's record
 * @param log where people read along
 * @param progress what a display may show
 * @param clock the host's time
 * @param actor who is acting
 * @param owner the process that works on what is started through these ports
 * @param logs a directory for the whole logs of deployments, a file each
 * @param limits how long to wait for what
 */
public record Ports(
        Credentials credentials,
        Targets.Connector connector,
        History history,
        LogSink log,
        Progress progress,
        Clock clock,
        Actor actor,
        Owner owner,
        Path logs,
        Limits limits) {

    /** {@return the same host, but nothing is written down or shown} */
    Ports rehearsing(History forgetful) {
        return new Ports(
                credentials, connector, forgetful, line -> {}, Progress.none(), clock, actor, owner, logs, limits);
    }

    /** {@return the same host with another display} */
    Ports followedBy(Progress other) {
        return new Ports(credentials, connector, history, log, other, clock, actor, owner, logs, limits);
    }

    /**
     * How long to wait for what.
     *
     * @param lease how long a lock outlives its holder's last sign of life; renewed four times as often
     * @param reconnect how long a lost target is tried again before it counts as failed
     */
    public record Limits(Duration lease, Duration reconnect) {
        /** {@return a lease of a minute, two minutes for reconnecting} */
        public static Limits defaults() {
            return new Limits(Duration.ofMinutes(1), Duration.ofMinutes(2));
        }
    }
}
