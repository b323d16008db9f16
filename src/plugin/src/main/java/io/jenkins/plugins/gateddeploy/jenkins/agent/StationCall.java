package io.jenkins.plugins.gateddeploy.jenkins.agent;

import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/**
 * One job on an agent.
 *
 * @param <V> what comes back
 */
final class StationCall<V> extends MasterToSlaveCallable<V, Exception> {
    private static final long serialVersionUID = 1;

    private final String station;
    private final int number;
    private final Opening opening;
    private final Job<V> job;

    StationCall(String station, int number, Opening opening, Job<V> job) {
        this.station = station;
        this.number = number;
        this.opening = opening;
        this.job = job;
    }

    @Override
    public V call() throws IOException, InterruptedException {
        return Stations.of(getOpenChannelOrFail()).open(station, opening).work(number, job);
    }
}
