package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.LogDocument;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.log.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The logs of deployments. Secrets were masked when they were written.
 *
 * @param deployments which of them a viewer may see
 */
record Logs(Deployments deployments) {
    /** In bytes; some thousand lines. */
    private static final int PIECE = 256 * 1024;

    /** {@return the lines from a byte on} */
    LogDocument piece(Request request, String id) {
        DeploymentRecord record = deployments.find(request.viewer(), id);
        long from = Deployments.number(request, "from", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        // The state is older than the file: what was written before the end is then in what is read.
        boolean ended = record.state().isFinal();
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

    private static LogDocument.Line line(String text) {
        return LogReader.parse(text)
                .map(line -> new LogDocument.Line(line.time(), line.target(), line.text()))
                .orElseGet(() -> new LogDocument.Line(null, "", text));
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
