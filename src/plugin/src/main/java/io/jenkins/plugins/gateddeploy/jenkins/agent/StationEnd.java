package io.jenkins.plugins.gateddeploy.jenkins.agent;

import java.io.IOException;
import java.time.Duration;
import jenkins.security.MasterToSlaveCallable;

/** Ends what a deployment has on an agent, or waits for the end of a call that was interrupted. */
final class StationEnd extends MasterToSlaveCallable<Void, Exception> {
    private static final long serialVersionUID = 1;
    private static final Duration WIND_DOWN = Duration.ofSeconds(2);
    private static final int ALL = 0;

    private final String station;
    private final int number;

    private StationEnd(String station, int number) {
        this.station = station;
        this.number = number;
    }

    static StationEnd ofAll(String station) {
        return new StationEnd(station, ALL);
    }

    /** @param number of the call, from 1 */
    static StationEnd of(String station, int number) {
        return new StationEnd(station, number);
    }

    @Override
    public Void call() throws IOException, InterruptedException {
        Stations stations = Stations.of(getOpenChannelOrFail());
        if (number == ALL) {
            stations.close(station);
            return null;
        }
        Station found = stations.find(station);
        if (found != null) {
            found.awaitEnd(number, WIND_DOWN);
        }
        return null;
    }
}
