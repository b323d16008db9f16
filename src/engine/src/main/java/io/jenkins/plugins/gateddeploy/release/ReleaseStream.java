package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.source.FileEntry;
import io.jenkins.plugins.gateddeploy.source.Manifest;
import io.jenkins.plugins.gateddeploy.source.TarPayload;
import io.jenkins.plugins.gateddeploy.source.TarPayload.Literal;
import io.jenkins.plugins.gateddeploy.source.Transfer;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tar stream that {@code receive} takes: lists of what to reuse first, files, manifest, and a mark at the end.
 *
 * @param version has the files
 * @param release where they go
 */
record ReleaseStream(Version version, String release) {
    /** How many lists of reused files there are, each for a worker on the target. */
    private static final int WORKERS = 4;
    /** Below so many files more than one worker costs more than it gains. */
    private static final int FEW = 400;

    Payload of(Transfer transfer) {
        List<Manifest.Line> reused = transfer.reused().lines();
        List<Literal> first = new ArrayList<>();
        int workers = reused.size() < FEW ? 1 : WORKERS;
        for (int worker = 0; worker < workers && !reused.isEmpty(); worker++) {
            List<Manifest.Line> kept = share(transfer.kept(), worker, workers);
            first.add(incoming(
                    "same." + worker, nul(kept.stream().map(l -> l.file().path()))));
            first.add(incoming("expect." + worker, expectation(share(reused, worker, workers))));
        }
        if (!transfer.copied().isEmpty()) {
            StringBuilder moved = new StringBuilder();
            transfer.copied()
                    .forEach(copy -> moved.append(copy.from())
                            .append('\n')
                            .append(copy.to().file().path())
                            .append('\n'));
            first.add(incoming("moved", moved.toString()));
        }
        if (!reused.isEmpty()) {
            first.add(incoming("directories", nul(directories(reused).stream())));
            first.add(incoming("manifest.reused", text(transfer.reused())));
            first.add(incoming("executable", nul(executables(reused))));
        }
        return payload(transfer.sent(), "manifest.sent", first);
    }

    /** The files that a target asked for again, and the list of those that it need not. */
    Payload again(Transfer transfer, Set<String> paths) {
        List<FileEntry> files = new ArrayList<>();
        List<Manifest.Line> rest = new ArrayList<>();
        for (Manifest.Line line : transfer.reused().lines()) {
            if (paths.contains(line.file().path())) {
                files.add(line.file());
            } else {
                rest.add(line);
            }
        }
        return payload(files, "manifest.again", List.of(incoming("manifest.reused", text(new Manifest(rest)))));
    }

    private Payload payload(List<FileEntry> files, String manifest, List<Literal> first) {
        return new TarPayload(
                version.content(),
                files,
                new TarPayload.Layout(
                        "releases/" + release + "/",
                        path(manifest),
                        version.revision().time(),
                        first,
                        List.of(incoming("complete", ""))));
    }

    private Literal incoming(String name, String text) {
        return new Literal(path(name), text);
    }

    private String path(String name) {
        return ".gated-deploy/incoming/" + release + "/" + name;
    }

    private static List<Manifest.Line> share(List<Manifest.Line> all, int worker, int workers) {
        return all.subList(all.size() * worker / workers, all.size() * (worker + 1) / workers);
    }

    /** In the form that {@code sha256sum -c} reads. */
    private static String expectation(List<Manifest.Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.sha256())
                .append("  ")
                .append(line.file().path())
                .append('\n'));
        return text.toString();
    }

    private static Collection<String> directories(List<Manifest.Line> lines) {
        Set<String> directories = new TreeSet<>();
        for (Manifest.Line line : lines) {
            int slash = line.file().path().lastIndexOf('/');
            if (slash > 0) {
                directories.add(line.file().path().substring(0, slash));
            }
        }
        return directories;
    }

    private static Stream<String> executables(List<Manifest.Line> lines) {
        return lines.stream()
                .map(Manifest.Line::file)
                .filter(file -> file.kind() == FileEntry.Kind.EXECUTABLE)
                .map(FileEntry::path);
    }

    private static String nul(Stream<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(name).append('\0'));
        return text.toString();
    }

    private static String text(Manifest manifest) {
        return new String(manifest.toBytes(), StandardCharsets.UTF_8);
    }
}
