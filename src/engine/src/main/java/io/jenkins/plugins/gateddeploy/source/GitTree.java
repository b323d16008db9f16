package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Lists the files of a commit as {@code git archive} would pack them: without what {@code export-ignore} keeps out,
 * each with the bytes that git stored (no end-of-line conversion, and {@code export-subst} is not replaced). Reads
 * trees and attribute files alone; small files too in a repository that mentions LFS, to find its pointers.
 */
final class GitTree {
    private static final int SHOWN = 5;
    /** <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md">The pointer file's</a> first line and size. */
    private static final byte[] LFS = "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

    private static final int LFS_LIMIT = 1024;

    private final ObjectReader reader;
    private final List<FileEntry> files = new ArrayList<>();
    private final List<String> submodules = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();
    private boolean lfs;

    private GitTree(ObjectReader reader) {
        this.reader = reader;
    }

    /**
     * {@return the files of a tree, in the order of their paths}
     *
     * @throws ProblemException when it has submodules, LFS pointers, or names that cannot be deployed
     */
    static List<FileEntry> list(ObjectReader reader, ObjectId tree) throws IOException, ProblemException {
        GitTree listing = new GitTree(reader);
        listing.folder("", tree, ExportIgnore.NONE);
        listing.files.sort(Comparator.comparing(FileEntry::path));
        listing.refuseWhatCannotBeDeployed();
        return listing.files;
    }

    private void folder(String prefix, ObjectId tree, ExportIgnore above) throws IOException {
        byte[] bytes = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
        ExportIgnore ignore = attributes(prefix, bytes, above);
        Set<String> names = new HashSet<>();
        CanonicalTreeParser entries = parser(bytes);
        for (; !entries.eof(); entries.next()) {
            FileMode mode = entries.getEntryFileMode();
            String name = name(entries);
            if (name == null || !names.add(name)) {
                unusable.add(prefix + entries.getEntryPathString());
                continue;
            }
            String path = prefix + name;
            boolean isFolder = mode == FileMode.TREE;
            // Git asks about a submodule as it does about a file, but with a slash: only then do "dir/" patterns match.
            if (ignore.ignores(path, isFolder || mode == FileMode.GITLINK)) {
                continue;
            }
            if (isFolder) {
                folder(path + "/", entries.getEntryObjectId(), ignore);
            } else if (mode == FileMode.GITLINK) {
                submodules.add(path);
            } else {
                files.add(new FileEntry(
                        path, kind(mode), entries.getEntryObjectId().name()));
            }
        }
    }

    private ExportIgnore attributes(String prefix, byte[] tree, ExportIgnore above) throws IOException {
        CanonicalTreeParser entries = parser(tree);
        for (; !entries.eof(); entries.next()) {
            boolean isFile = (entries.getEntryRawMode() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
            if (isFile && entries.getEntryPathString().equals(Constants.DOT_GIT_ATTRIBUTES)) {
                byte[] text = reader.open(entries.getEntryObjectId(), Constants.OBJ_BLOB)
                        .getCachedBytes(1 << 20);
                lfs |= ExportIgnore.mentionsLfs(text);
                return above.within(prefix, text);
            }
        }
        return above;
    }

    private void refuseWhatCannotBeDeployed() throws IOException, ProblemException {
        if (!unusable.isEmpty()) {
            throw new ProblemException(
                    "source.unreadable",
                    "The commit has file names that are not UTF-8, appear twice, or would lead out of the release: "
                            + some(unusable) + ".",
                    "Rename them in the repository.");
        }
        if (!submodules.isEmpty()) {
            throw new ProblemException(
                    "source.submodule",
                    "The commit has git submodules, whose files are in other repositories: " + some(submodules) + ".",
                    "Mark them export-ignore in .gitattributes if the release does not need them, or deploy a folder"
                            + " in which they are checked out.");
        }
        List<String> pointers = lfs ? pointers() : List.of();
        if (!pointers.isEmpty()) {
            throw new ProblemException(
                    "source.lfs",
                    "The commit has Git LFS pointers in place of files: " + some(pointers) + ".",
                    "Mark them export-ignore in .gitattributes if the release does not need them, or deploy a folder"
                            + " in which \"git lfs pull\" has fetched them.");
        }
    }

    private List<String> pointers() throws IOException {
        List<String> found = new ArrayList<>();
        for (FileEntry file : files) {
            if (file.kind() != FileEntry.Kind.LINK && isPointer(ObjectId.fromString(file.identity()))) {
                found.add(file.path());
            }
        }
        return found;
    }

    private boolean isPointer(ObjectId blob) throws IOException {
        ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
        if (loader.getSize() >= LFS_LIMIT || loader.getSize() < LFS.length) {
            return false;
        }
        byte[] content = loader.getCachedBytes();
        return java.util.Arrays.equals(content, 0, LFS.length, LFS, 0, LFS.length);
    }

    private static CanonicalTreeParser parser(byte[] tree) {
        CanonicalTreeParser parser = new CanonicalTreeParser();
        parser.reset(tree);
        return parser;
    }

    /** {@return the entry's name; null when no file may be called that} */
    private static String name(CanonicalTreeParser entries) {
        byte[] bytes = new byte[entries.getNameLength()];
        entries.getName(bytes, 0);
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean harmful = name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0;
            return harmful ? null : name;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static FileEntry.Kind kind(FileMode mode) {
        if (mode == FileMode.SYMLINK) {
            return FileEntry.Kind.LINK;
        }
        return mode == FileMode.EXECUTABLE_FILE ? FileEntry.Kind.EXECUTABLE : FileEntry.Kind.FILE;
    }

    private static String some(List<String> paths) {
        String shown = paths.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return paths.size() > SHOWN ? shown + " and " + (paths.size() - SHOWN) + " more" : shown;
    }
}
