package io.jenkins.plugins.gateddeploy.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files of a version travel to a target, and which it takes from the release that is current there.
 *
 * @param sent what travels: new content, links, and names that a target's tools would not give back as they are
 * @param kept what the current release has under the same path
 * @param copied what the current release has under another path
 */
public record Transfer(List<FileEntry> sent, List<Manifest.Line> kept, List<Copy> copied) {
    public Transfer {
        sent = List.copyOf(sent);
        kept = List.copyOf(kept);
        copied = List.copyOf(copied);
    }

    /**
     * A file whose content the current release has under another path.
     *
     * @param from the path in the current release
     * @param to the line for the new release, with the new path
     */
    public record Copy(String from, Manifest.Line to) {}

    /**
     * {@return how to come from the release that is current to the files that are wanted}
     *
     * @param wanted the files of the new version
     * @param current the manifest of the release that is current on the target; empty when there is none
     */
    public static Transfer plan(List<FileEntry> wanted, Manifest current) {
        Map<String, Manifest.Line> byPath = new HashMap<>();
        Map<Content, Manifest.Line> byContent = new HashMap<>();
        for (Manifest.Line line : current.lines()) {
            if (isReusable(line.file())) {
                byPath.put(line.file().path(), line);
                byContent.putIfAbsent(Content.of(line.file()), line);
            }
        }
        List<FileEntry> sent = new ArrayList<>();
        List<Manifest.Line> kept = new ArrayList<>();
        List<Copy> copied = new ArrayList<>();
        for (FileEntry file : wanted) {
            Manifest.Line samePath = byPath.get(file.path());
            Manifest.Line sameContent = byContent.get(Content.of(file));
            if (samePath != null && samePath.file().equals(file)) {
                kept.add(samePath);
            } else if (sameContent != null && isReusable(file)) {
                copied.add(new Copy(sameContent.file().path(), new Manifest.Line(file, sameContent.sha256())));
            } else {
                sent.add(file);
            }
        }
        return new Transfer(sent, kept, copied);
    }

    /** {@return the lines of the new release's manifest for everything that does not travel} */
    public Manifest reused() {
        List<Manifest.Line> lines = new ArrayList<>(kept);
        copied.forEach(copy -> lines.add(copy.to()));
        return new Manifest(lines);
    }

    /**
     * Links are tiny and always travel. So do names with a line break or backslash: sha256sum, with which a target checks
     * what it reuses, escapes them.
     */
    private static boolean isReusable(FileEntry file) {
        return file.kind() != FileEntry.Kind.LINK
                && file.path().chars().noneMatch(c -> c == '\n' || c == '\r' || c == '\\');
    }

    /** What a copy keeps: the bytes and the mode. */
    private record Content(FileEntry.Kind kind, String identity) {
        static Content of(FileEntry file) {
            return new Content(file.kind(), file.identity());
        }
    }
}
