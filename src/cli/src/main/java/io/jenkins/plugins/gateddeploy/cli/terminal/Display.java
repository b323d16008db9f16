package io.jenkins.plugins.gateddeploy.cli.terminal;

import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A deployment while it runs: its log, and on a terminal below it a line a target that says what it is doing and for
 * how long. Safe for use by several threads.
 */
public final class Display implements LogSink, Progress, AutoCloseable {
    /** More targets than this are counted instead of listed: a screen has some 24 lines. */
    private static final int MOST_LISTED = 12;

    private final PrintStream out;
    private final Screen screen;
    private final Style style;
    private final int nameWidth;
    private final List<String> names;
    private final Map<String, Doing> doings = new LinkedHashMap<>();
    private ScheduledExecutorService ticker;
    private int painted;

    private record Doing(String what, long since) {}

    /**
     * A display.
     *
     * @param out where to
     * @param screen what that is
     * @param targets of the environment, for a column wide enough
     */
    public Display(PrintStream out, Screen screen, List<Target> targets) {
        this.out = out;
        this.screen = screen;
        this.style = new Style(screen.colours());
        this.names = targets.stream().map(Target::name).toList();
        this.nameWidth = names.stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public synchronized void line(LogLine line) {
        erase();
        out.println(prefix(line.target()) + style.output(line.text()));
        paint();
    }

    private String prefix(String target) {
        if (target.isEmpty()) {
            return "";
        }
        String padded = "%-" + Math.max(1, nameWidth) + "s";
        return style.numbered(names.indexOf(target), String.format(padded, target)) + style.dim(" | ");
    }

    @Override
    public synchronized void phase(String name, List<Target> targets) {
        targets.forEach(target -> doings.put(target.name(), new Doing(name, System.nanoTime())));
        repaint();
    }

    @Override
    public synchronized void target(Target target, String doing) {
        doings.put(target.name(), new Doing(doing, System.nanoTime()));
        repaint();
    }

    private synchronized void repaint() {
        if (screen.terminal()) {
            erase();
            paint();
            if (ticker == null) {
                ticker = Executors.newSingleThreadScheduledExecutor(Display::daemon);
                var unused = ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
            }
        }
    }

    private synchronized void tick() {
        if (painted > 0) {
            repaint();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gated-deploy display");
        thread.setDaemon(true);
        return thread;
    }

    private void erase() {
        if (painted > 0) {
            // Up so many lines, to the left edge, clear all below (ECMA-48: CUU, ED).
            out.print("\u001b[" + painted + "A\r\u001b[J");
            painted = 0;
        }
    }

    private void paint() {
        if (!screen.terminal() || doings.isEmpty()) {
            return;
        }
        if (doings.size() <= MOST_LISTED) {
            doings.forEach((target, doing) -> status(String.format("%-" + nameWidth + "s", target), doing));
        } else {
            Map<String, Integer> counts = new LinkedHashMap<>();
            doings.values().forEach(doing -> counts.merge(doing.what(), 1, Integer::sum));
            counts.forEach((what, count) -> status(count + " targets", new Doing(what, since(what))));
        }
        out.flush();
    }

    private long since(String what) {
        return doings.values().stream()
                .filter(doing -> doing.what().equals(what))
                .mapToLong(Doing::since)
                .min()
                .orElseThrow();
    }

    private void status(String who, Doing doing) {
        Duration lasted = Duration.ofNanos(System.nanoTime() - doing.since());
        String took = lasted.toSeconds() < 1 ? "" : "  " + lasted.toSeconds() + " s";
        out.println(style.dim(Table.cut("  " + who + "  " + Style.plain(doing.what()) + took, screen.width() - 1)));
        painted++;
    }

    /** Takes the lines about targets away; the log stays. */
    @Override
    public synchronized void close() {
        if (ticker != null) {
            ticker.shutdownNow();
        }
        erase();
        doings.clear();
        out.flush();
    }
}
