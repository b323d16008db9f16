package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One walk through a folder, which finds all that is wrong with it before it says so. */
final class FolderScan extends SimpleFileVisitor<Path> {
    private static final Set<String> NEVER = Set.of(".git", ".gated-deploy");
    private static final int SHOWN = 20;
    /** The bit of a Unix mode. */
    private static final int OWNER_EXECUTE = 0100;

    private final Path top;
    private final PathPatterns includes;
    private final PathPatterns excludes;
    private final List<Found> found = new ArrayList<>();
    private final List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
    private final Thread caller = Thread.currentThread();
    private final long began = System.currentTimeMillis();

    /** A file that belongs to the version, and is still to be read. */
    private record Found(Path file, String name, FileEntry.Kind kind, long size, Stamp stamp) {}

    private FolderScan(FolderSource source) {
        this.top = Path.of(source.folder());
        this.includes = new PathPatterns(source.includes());
        this.excludes = new PathPatterns(source.excludes());
    }

    /** {@return the files of a folder, in the order of their paths; never empty} */
    static List<FolderFile> scan(FolderSource source) throws ProblemException, InterruptedException {
        FolderScan scan = new FolderScan(source);
        if (!Files.isDirectory(scan.top)) {
            throw new ProblemException(
                    "source.not-found",
                    "There is no folder " + scan.top + ".",
                    "Check the path, and that the build made it.");
        }
        try {
            Files.walkFileTree(scan.top, scan);
        } catch (IOException e) {
            scan.unreadable(scan.top, e);
        }
        List<FolderFile> files = scan.read();
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while reading " + scan.top);
        }
        if (!scan.problems.isEmpty()) {
            throw new ProblemException(scan.problems.stream()
                    .sorted(Comparator.comparing(Problem::message))
                    .limit(SHOWN)
                    .toList());
        }
        if (files.isEmpty()) {
            throw new ProblemException(
                    "source.not-found",
                    "No file in the folder " + scan.top + " is included by " + source.includes()
                            + " and not excluded by " + source.excludes() + ".",
                    "Check the patterns, and that the build made the files.");
        }
        return files;
    }

    /** Reading is mostly hashing, so all cores share it. */
    private List<FolderFile> read() {
        return found.parallelStream()
                .filter(file -> !isOver())
                .map(this::read)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(file -> file.entry().path()))
                .toList();
    }

    private Optional<FolderFile> read(Found one) {
        try {
            return Optional.of(FolderFile.read(one.name(), one.file(), one.kind(), one.size(), one.stamp()));
        } catch (IOException e) {
            unreadable(one.file(), e);
            return Optional.empty();
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (folder.equals(top)) {
            return FileVisitResult.CONTINUE;
        }
        boolean skipped = isNever(folder) || excludes.matchesAllBelow(name(folder));
        return skipped ? FileVisitResult.SKIP_SUBTREE : goOn();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = name(file);
        if (isNever(file) || excludes.matches(name) || !includes.matches(name)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isOther()) {
            problem(name, "is no file, folder or link (a pipe, socket or device)", "Exclude it, or remove it.");
        } else if (name.indexOf('\uFFFD') >= 0) {
            problem(
                    name,
                    "has a name that Java cannot read here",
                    "Name it in UTF-8, and start Java with LC_ALL=C.UTF-8.");
        } else {
            add(file, name, attributes);
        }
        return goOn();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        boolean wanted = !isNever(file) && !excludes.matches(name(file)) && !excludes.matchesAllBelow(name(file));
        if (wanted) {
            unreadable(file, e);
        }
        return goOn();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
        if (e != null) {
            unreadable(folder, e);
        }
        return goOn();
    }

    private void add(Path file, String name, BasicFileAttributes attributes) {
        try {
            found.add(found(file, name, attributes));
        } catch (IOException e) {
            unreadable(file, e);
        }
    }

    private Found found(Path file, String name, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return new Found(file, name, FileEntry.Kind.LINK, attributes.size(), null);
        }
        if (!Stamp.isKnown(file)) {
            boolean executable = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                    .contains(PosixFilePermission.OWNER_EXECUTE);
            return new Found(file, name, kind(executable), attributes.size(), null);
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:mode,ctime,size,ino", LinkOption.NOFOLLOW_LINKS);
        Stamp stamp = Stamp.of(unix);
        boolean executable = ((Integer) unix.get("mode") & OWNER_EXECUTE) != 0;
        return new Found(file, name, kind(executable), stamp.size(), stamp.isSettled(began) ? stamp : null);
    }

    private static FileEntry.Kind kind(boolean executable) {
        return executable ? FileEntry.Kind.EXECUTABLE : FileEntry.Kind.FILE;
    }

    private FileVisitResult goOn() {
        return isOver() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private boolean isOver() {
        return problems.size() >= SHOWN || caller.isInterrupted();
    }

    private void unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "it went away" : String.valueOf(e);
        problem(name(file), "cannot be read (" + why + ")", "Check its permissions, or exclude it.");
    }

    private void problem(String name, String found, String mend) {
        String what = name.isEmpty() ? "The folder " + top : "\"" + name + "\" in the folder " + top;
        problems.add(Problem.error("source.unreadable", what + " " + found + ".", mend));
    }

    private static boolean isNever(Path path) {
        return NEVER.contains(path.getFileName().toString());
    }

    /** {@return the path below the top, with {@code /}} */
    private String name(Path path) {
        return top.relativize(path).toString();
    }
}
