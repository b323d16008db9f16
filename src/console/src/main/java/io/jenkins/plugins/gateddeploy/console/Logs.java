package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.LogDocument;
import io.jenkins.plugins.gateddeploy.console.document.LogLinesDocument;
import io.jenkins.plugins.gateddeploy.console.document.LogMatchesDocument;
import io.jenkins.plugins.gateddeploy.console.document.LogOutlineDocument;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.log.Course;
import io.jenkins.plugins.gateddeploy.log.LogIndex;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogReader;
import io.jenkins.plugins.gateddeploy.log.LogSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The logs of deployments. Secrets were masked when they were written.
 *
 * @param deployments which of them a viewer may see
 * @param indexes where lines begin
 * @param clock whether the last line of one that has ended is there by now
 */
record Logs(Deployments deployments, LogIndexes indexes, Clock clock) {
    /** In bytes; some thousand lines. */
    private static final int PIECE = 256 * 1024;

    private static final int MOST_LINES = 1000;
    private static final int MOST_HITS = 2000;
    /** In characters; what is longer is shown whole when it is asked for. */
    private static final int LONGEST_LINE = 1000;

    private static final int LONGEST_SEARCH = 200;
    /** The last lines of a log come into the file a moment after its deployment has ended. */
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    /** {@return the lines from a byte on} */
    LogDocument piece(Request request, String id) {
        DeploymentRecord record = deployments.find(request.viewer(), id);
        long from = Deployments.number(request, "from", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        boolean ended = isWhole(record);
        try {
            LogReader.Piece piece = LogReader.piece(record.log(), from, PIECE, ended);
            return new LogDocument(
                    piece.from(),
                    piece.next(),
                    piece.size(),
                    ended && piece.next() == piece.size(),
                    piece.lines().stream().map(Logs::line).toList());
        } catch (NoSuchFileException e) {
            return new LogDocument(0, 0, 0, ended, List.of());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The state is older than the file: what was written before the end is then in what is read. */
    private boolean isWhole(DeploymentRecord record) {
        return record.state().isFinal()
                && record.ended()
                        .map(end -> end.plus(LAST_LINES).isBefore(clock.instant()))
                        .orElse(true);
    }

    private static LogDocument.Line line(String text) {
        return LogReader.parse(text)
                .map(line -> new LogDocument.Line(line.time(), line.target(), line.text()))
                .orElseGet(() -> new LogDocument.Line(null, "", text));
    }

    /** {@return how long the log is, and its parts} */
    LogOutlineDocument outline(Request request, String id) {
        DeploymentRecord record = deployments.find(request.viewer(), id);
        String view = view(request);
        boolean ended = isWhole(record);
        LogIndex index = indexes.of(record.log());
        try {
            LogIndex.Extent extent = index.extent(ended);
            List<LogOutlineDocument.Phase> phases = new ArrayList<>();
            for (Course.Phase phase : Course.of(record.log()).phases()) {
                phases.add(new LogOutlineDocument.Phase(
                        phase.name(), phase.begun(), index.rowsBefore(view, phase.logged())));
            }
            return new LogOutlineDocument(
                    rows(extent, view),
                    extent.lines(),
                    ended,
                    extent.targets().entrySet().stream()
                            .map(e -> new LogOutlineDocument.View(e.getKey(), e.getValue()))
                            .toList(),
                    phases);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String view(Request request) {
        return request.parameter("target").orElse(LogIndex.ALL);
    }

    private static int rows(LogIndex.Extent extent, String view) {
        return view.equals(LogIndex.ALL) ? extent.lines() : extent.targets().getOrDefault(view, 0);
    }

    /** {@return some lines by their rows} */
    LogLinesDocument lines(Request request, String id) {
        DeploymentRecord record = deployments.find(request.viewer(), id);
        String view = view(request);
        int from = Deployments.number(request, "from", 0, 0, Integer.MAX_VALUE);
        int count = Deployments.number(request, "count", MOST_LINES, 1, MOST_LINES);
        boolean whole = request.parameter("whole").isPresent();
        LogIndex index = indexes.of(record.log());
        try {
            LogIndex.Extent extent = index.extent(isWhole(record));
            return new LogLinesDocument(
                    from,
                    rows(extent, view),
                    index.lines(view, from, count).stream()
                            .map(line -> line(line, whole))
                            .toList());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static LogLinesDocument.Line line(LogIndex.Numbered numbered, boolean whole) {
        LogLine line = LogReader.parse(numbered.text()).orElse(null);
        String text = line == null ? numbered.text() : line.text();
        boolean isCut = !whole && text.length() > LONGEST_LINE;
        return new LogLinesDocument.Line(
                numbered.number(),
                line == null ? null : line.time(),
                line == null ? "" : line.target(),
                isCut ? text.substring(0, LONGEST_LINE) : text,
                isCut ? text.length() - LONGEST_LINE : 0);
    }

    /** {@return where a text stands} */
    LogMatchesDocument matches(Request request, String id) {
        DeploymentRecord record = deployments.find(request.viewer(), id);
        String text = request.parameter("q")
                .filter(q -> q.length() <= LONGEST_SEARCH)
                .orElseThrow(
                        () -> ProblemReport.badRequest("q must be a text of at most " + LONGEST_SEARCH + " characters.")
                                .refusal());
        int first = Deployments.number(request, "from", 1, 1, Integer.MAX_VALUE);
        LogIndex index = indexes.of(record.log());
        try {
            int lines = index.extent(isWhole(record)).lines();
            LogSearch.Hits hits = lines == 0
                    ? new LogSearch.Hits(0, List.of())
                    : new LogSearch(index, text).find(view(request), first, MOST_HITS);
            return new LogMatchesDocument(
                    lines,
                    hits.count(),
                    hits.hits().stream()
                            .map(hit -> new LogMatchesDocument.Hit(hit.number(), hit.view(), hit.row()))
                            .toList());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** {@return the whole log as it is now} */
    Response whole(Request request, String id) {
        Path file = deployments.find(request.viewer(), id).log();
        if (!Files.isRegularFile(file)) {
            throw ProblemReport.notFound("The log of this deployment is not there (any more).")
                    .refusal();
        }
        return new Response(200, "text/plain; charset=utf-8", out -> Files.copy(file, out));
    }

    private static ProblemReport.Refusal unreadable(IOException e) {
        return ProblemReport.outOfOrder("The log cannot be read", e).refusal();
    }
}
