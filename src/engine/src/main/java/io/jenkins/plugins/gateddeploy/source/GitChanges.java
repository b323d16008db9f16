package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Compares the trees of two commits of a repository on this machine; reads no file. */
final class GitChanges {
    private static final int FROM = 0;
    private static final int TO = 1;

    private GitChanges() {}

    /** {@return the files in which two commits differ; empty when the first is not there} */
    static Optional<ChangedFiles> between(Repository repository, ObjectId from, ObjectId to, int most)
            throws IOException {
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            RevTree coming = commits.parseCommit(to).getTree();
            RevTree current;
            try {
                current = commits.parseCommit(from).getTree();
            } catch (MissingObjectException | IncorrectObjectTypeException e) {
                return Optional.empty();
            }
            walk.addTree(current);
            walk.addTree(coming);
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            List<ChangedFiles.ChangedFile> listed = new ArrayList<>();
            int count = 0;
            while (walk.next()) {
                count++;
                if (listed.size() < most) {
                    listed.add(new ChangedFiles.ChangedFile(walk.getPathString(), kind(walk)));
                }
            }
            return Optional.of(new ChangedFiles(listed, count, true));
        }
    }

    private static ChangedFiles.Kind kind(TreeWalk walk) {
        if (walk.getFileMode(FROM) == FileMode.MISSING) {
            return ChangedFiles.Kind.ADDED;
        }
        return walk.getFileMode(TO) == FileMode.MISSING ? ChangedFiles.Kind.REMOVED : ChangedFiles.Kind.CHANGED;
    }
}
