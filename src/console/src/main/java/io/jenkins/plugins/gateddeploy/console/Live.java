package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.Topic.Seen;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells pages what has changed, as server-sent events (<a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, section 9.2</a>). One thread looks for all
 * viewers together, and only while there are any; what it sends says which deployment or gate is another one now, or how
 * many lines a log has, and the page then asks for that. Whether a viewer may know is asked anew for every event.
 *
 * <p>A host has one of these for all its consoles. Safe for use by several threads.
 */
public final class Live implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** What stands between may close what is silent. */
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);
    /** Then the page comes back by itself, and the host asks anew who it is. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

    private static final int MOST_STREAMS = 1000;
    private static final int WRITERS = 4;

    private final History history;
    private final LogIndexes logs;
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private final Map<Topic, Watch> watches = new HashMap<>();
    private final ScheduledThreadPoolExecutor looker;
    private final ThreadPoolExecutor writers;
    private ScheduledFuture<?> looking;
    private long stamp;

    /**
     * Nothing runs before somebody looks.
     *
     * @param history whose changes are told; stays open when this is closed
     * @param logs shared with the consoles of the host
     */
    public Live(History history, LogIndexes logs) {
        this.history = Objects.requireNonNull(history, "history");
        this.logs = Objects.requireNonNull(logs, "logs");
        this.stamp = history.stamp() - 1;
        looker = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "gated-deploy live"));
        looker.setRemoveOnCancelPolicy(true);
        looker.setKeepAliveTime(5, TimeUnit.SECONDS);
        looker.allowCoreThreadTimeOut(true);
        writers = new ThreadPoolExecutor(
                WRITERS,
                WRITERS,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "gated-deploy live writer"));
        writers.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** {@return the indexes of logs, which the consoles use too} */
    LogIndexes logs() {
        return logs;
    }

    /** {@return whether a request asks for a stream, so that it is for here and not for {@link Console#answer}} */
    public static boolean isWanted(Request request) {
        return request.method() == Request.Method.GET && request.path().equals(List.of("events"));
    }

    /**
     * {@return the answer to send instead of a stream, when there cannot be one}
     *
     * @param request for which {@link #isWanted} holds
     */
    public Optional<Response> refusal(Request request) {
        try {
            Topic topic = Topic.of(request);
            if (feeds.size() >= MOST_STREAMS) {
                return Optional.of(Response.problem(ProblemReport.tooMany()));
            }
            boolean isThere = topic.look(history).values().stream().anyMatch(seen -> seen.isVisible(request.viewer()));
            return topic.isOfSomething() && !isThere
                    ? Optional.of(Response.problem(ProblemReport.notFound("There is nothing of that name.")))
                    : Optional.empty();
        } catch (ProblemReport.Refusal e) {
            return Optional.of(Response.problem(e.report()));
        } catch (HistoryException e) {
            return Optional.of(Response.problem(ProblemReport.outOfOrder("The history cannot be read", e)));
        }
    }

    /**
     * Sends what happens from now on, until the viewer goes or may not see it any more.
     *
     * @param request for which there was no {@link #refusal}; its viewer's permissions are asked on other threads, for as
     *     long as the stream is open, and must answer as of that moment
     * @param wire closed from here in the end
     */
    public void open(Request request, Wire wire) {
        Topic topic = Topic.of(request);
        Feed feed = new Feed(topic, request.viewer(), wire, writers);
        synchronized (this) {
            // What the page asks for when it is greeted is not older than what changes are told from.
            watches.computeIfAbsent(topic, about -> new Watch(about, history, logs));
            feeds.add(feed);
            feed.send("hello", "hello", "{}");
            if (looking == null || looking.isDone()) {
                looking = looker.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** {@return how many streams are open} */
    public int streams() {
        return feeds.size();
    }

    private void look() {
        try {
            dropTheDead();
            long now = history.stamp();
            // Asked for after the stamp, so that none is left out for which a change was noticed by that.
            watched().forEach((topic, watch) -> look(topic, watch, now != stamp));
            stamp = now;
        } catch (RuntimeException e) {
            // As a rule the history, which pages hear of when they ask for what they show. The next look may be better.
            stamp--;
        }
        feeds.forEach(feed -> feed.beat(BETWEEN_BEATS));
        rest();
    }

    private synchronized Map<Topic, Watch> watched() {
        return Map.copyOf(watches);
    }

    private void dropTheDead() {
        for (Feed feed : feeds) {
            if (!feed.isWell(LONGEST_LIFE)) {
                drop(feed);
            }
        }
    }

    private void drop(Feed feed) {
        feeds.remove(feed);
        feed.close();
    }

    private void rest() {
        synchronized (this) {
            if (feeds.isEmpty() && looking != null) {
                looking.cancel(false);
                looking = null;
                watches.clear();
            } else {
                watches.keySet()
                        .retainAll(feeds.stream().map(Feed::topic).distinct().toList());
            }
        }
    }

    private void look(Topic topic, Watch watch, boolean changed) {
        List<Feed> interested =
                feeds.stream().filter(feed -> feed.topic().equals(topic)).toList();
        Map<String, Seen> changes = changed ? watch.changes() : Map.of();
        changes.forEach((id, seen) -> tell(interested, id, seen));
        Map<String, Seen> all = watch.seen();
        for (Watch.Grown grown : watch.grown()) {
            Seen seen = all.get(grown.deployment());
            if (grown.course()) {
                tell(interested, grown.deployment(), seen);
            }
            if (grown.lines() >= 0) {
                String data = json(new TreeMap<>(Map.of("deployment", grown.deployment(), "lines", grown.lines())));
                tell(interested, seen, feed -> feed.send("log " + grown.deployment(), "log", data));
            }
        }
    }

    private void tell(List<Feed> interested, String id, Seen seen) {
        String data = json(Map.of(seen.kind(), id));
        tell(interested, seen, feed -> feed.send("change " + id, "change", data));
    }

    /** Whoever may not see any more what their stream is about has none. */
    private void tell(List<Feed> interested, Seen seen, Consumer<Feed> news) {
        for (Feed feed : interested) {
            if (seen.isVisible(feed.viewer())) {
                news.accept(feed);
            } else if (feed.topic().isOfSomething()) {
                drop(feed);
            }
        }
    }

    private static String json(Object document) {
        return new String(Json.bytes(document), StandardCharsets.UTF_8);
    }

    /** Ends all streams. */
    @Override
    public void close() {
        looker.shutdownNow();
        feeds.forEach(this::drop);
        writers.shutdownNow();
    }
}
