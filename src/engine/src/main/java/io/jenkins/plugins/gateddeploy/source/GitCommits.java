package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads commits of a repository on this machine. */
final class GitCommits {
    private GitCommits() {}

    static boolean has(Repository repository, ObjectId id) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            return reader.has(id);
        }
    }

    /** {@return the commit that an object is, or that it tags; empty when it is a tree or a file} */
    static Optional<ObjectId> commit(Repository repository, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return Optional.of(walk.parseCommit(id).copy());
        } catch (IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    /** {@return the commits, also those behind tags, whose ids start with some digits} */
    static Collection<ObjectId> startingWith(Repository repository, String digits) throws IOException {
        Set<ObjectId> commits = new TreeSet<>();
        try (ObjectReader reader = repository.newObjectReader()) {
            AbbreviatedObjectId start = AbbreviatedObjectId.fromString(digits.toLowerCase(Locale.ROOT));
            for (ObjectId candidate : reader.resolve(start)) {
                commit(repository, candidate).ifPresent(commits::add);
            }
        }
        return commits;
    }

    /** {@return what a commit says about itself} */
    static Revision revision(Repository repository, ObjectId commit, String ref, String tag) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return revision(walk.parseCommit(commit), ref, tag);
        }
    }

    /** {@return what one commit has and the other has not, newest first; empty when the other is not there} */
    static Optional<List<Revision>> between(Repository repository, ObjectId from, ObjectId to, int limit)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit known = walk.parseCommit(to);
            RevCommit current;
            try {
                current = walk.parseCommit(from);
            } catch (MissingObjectException | IncorrectObjectTypeException e) {
                return Optional.empty();
            }
            walk.sort(RevSort.COMMIT_TIME_DESC);
            walk.sort(RevSort.TOPO, true);
            walk.markStart(known);
            walk.markUninteresting(current);
            List<Revision> revisions = new ArrayList<>();
            for (RevCommit next = walk.next(); next != null && revisions.size() < limit; next = walk.next()) {
                revisions.add(revision(next, next.name(), null));
            }
            return Optional.of(List.copyOf(revisions));
        }
    }

    /** {@return the newest commits of some heads; of those heads that are not here, none} */
    static List<Revision> newest(Repository repository, Collection<ObjectId> heads, int limit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.sort(RevSort.COMMIT_TIME_DESC);
            for (ObjectId head : heads) {
                try {
                    walk.markStart(walk.parseCommit(head));
                } catch (MissingObjectException | IncorrectObjectTypeException e) {
                    // Pushed a moment ago.
                }
            }
            List<Revision> revisions = new ArrayList<>();
            for (RevCommit next = walk.next(); next != null && revisions.size() < limit; next = walk.next()) {
                revisions.add(revision(next, next.name(), null));
            }
            return List.copyOf(revisions);
        }
    }

    /** {@return whether a commit is another, or one of its ancestors; a whole history that lacks it does not have it} */
    static boolean leadsTo(Repository repository, ObjectId head, ObjectId commit) throws IOException {
        if (head.equals(commit)) {
            return true;
        }
        if (!has(repository, commit)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(head));
        }
    }

    static boolean hasAll(Repository repository, Collection<ObjectId> ids) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            for (ObjectId id : ids) {
                if (!reader.has(id)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * {@return whether a commit is one of the heads, or comes before one} A head that is not here, or is no commit, leads
     * nowhere.
     */
    static boolean anyLeadsTo(Repository repository, Collection<ObjectId> heads, ObjectId commit) throws IOException {
        if (heads.contains(commit)) {
            return true;
        }
        if (!has(repository, commit)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            for (ObjectId head : heads) {
                if (has(repository, head) && walk.parseAny(head) instanceof RevCommit known) {
                    walk.markStart(known);
                }
            }
            walk.sort(RevSort.COMMIT_TIME_DESC);
            for (RevCommit next = walk.next(); next != null; next = walk.next()) {
                if (next.equals(commit)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Revision revision(RevCommit commit, String ref, String tag) {
        PersonIdent committer = commit.getCommitterIdent();
        return new Revision(
                commit.name(),
                ref,
                tag,
                commit.getShortMessage(),
                commit.getFullMessage(),
                name(commit.getAuthorIdent()),
                name(committer),
                committer.getWhenAsInstant());
    }

    private static String name(PersonIdent person) {
        return person.getName() + " <" + person.getEmailAddress() + ">";
    }
}
