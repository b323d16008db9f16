package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.remoting.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The connections of all deployments that use an agent, on that agent. They belong to the channel to the controller and
 * end with it; those that nobody has used for long, because a controller forgot them, end by themselves.
 */
final class Stations {
    /** A deployment renews its lock every quarter of a minute, so one that is silent for so long is none. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Map<String, Station> stations = new HashMap<>();
    private final ScheduledThreadPoolExecutor clock;
    private ScheduledFuture<?> sweeping;
    private boolean closed;

    private Stations() {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gated-deploy idle connections");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** {@return those of a channel, on the agent's side of it} */
    static Stations of(Channel channel) {
        synchronized (channel) {
            Stations found = (Stations) channel.getProperty(Stations.class);
            if (found == null) {
                Stations made = new Stations();
                channel.addListener(new Channel.Listener() {
                    @Override
                    public void onClosed(Channel closed, IOException cause) {
                        made.closeAll();
                    }
                });
                channel.setProperty(Stations.class, made);
                found = made;
            }
            return found;
        }
    }

    /** {@return the one of that name, made when it is not there} */
    synchronized Station open(String name, Opening opening) throws IOException {
        if (closed) {
            throw new IOException("The channel to the controller is closed.");
        }
        Station station = stations.get(name);
        if (station == null) {
            station = new Station(opening);
            stations.put(name, station);
        }
        if (sweeping == null) {
            sweeping = clock.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
        }
        return station;
    }

    /** {@return the one of that name, or null} */
    synchronized Station find(String name) {
        return stations.get(name);
    }

    synchronized void close(String name) {
        Station station = stations.remove(name);
        if (station != null) {
            station.close();
        }
        rest();
    }

    private synchronized void sweep() {
        stations.values().removeIf(station -> {
            boolean forgotten = station.isIdleFor(FORGOTTEN);
            if (forgotten) {
                station.close();
            }
            return forgotten;
        });
        rest();
    }

    private void rest() {
        if (stations.isEmpty() && sweeping != null) {
            sweeping.cancel(false);
            sweeping = null;
        }
    }

    private synchronized void closeAll() {
        closed = true;
        stations.values().forEach(Station::close);
        stations.clear();
        clock.shutdownNow();
    }
}
