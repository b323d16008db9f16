package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Makes one commit that follows what is current and has the files of what is gone back to. Unlike a revert of each
 * commit in between, it needs to know of no merge's main line and never conflicts; merged into a branch that went on, it
 * takes back that range and nothing else.
 */
final class GitReturn {
    private GitReturn() {}

    /** {@return the commit} */
    static ObjectId commit(Repository repository, ObjectId from, ObjectId to, ReturnBranch wish)
            throws IOException, ProblemException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId files = walk.parseCommit(to).getTree().getId();
            if (walk.parseCommit(from).getTree().getId().equals(files)) {
                throw new ProblemException(
                        "revert.same",
                        "The commits " + from.name() + " and " + to.name() + " have the same files.",
                        "There is nothing to take back in git.");
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(files);
            commit.setParentId(from);
            PersonIdent person = new PersonIdent(wish.name(), wish.mail(), wish.time(), java.time.ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage(wish.message());
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made;
        }
    }

    /** Makes a branch, which must not be there unless it has the same files after the same commit. */
    static ObjectId branch(Repository repository, ObjectId commit, String name) throws IOException, ProblemException {
        Ref there = repository.exactRef(Constants.R_HEADS + name);
        if (there != null) {
            return existing(repository, there, commit, name);
        }
        RefUpdate update = repository.updateRef(Constants.R_HEADS + name);
        update.setNewObjectId(commit);
        update.setExpectedOldObjectId(ObjectId.zeroId());
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.NEW) {
            throw new IOException("the branch " + name + " cannot be made: " + result);
        }
        return commit;
    }

    /** Somebody has asked for the same before: to push it now, say. */
    private static ObjectId existing(Repository repository, Ref there, ObjectId wanted, String name)
            throws IOException, ProblemException {
        try (RevWalk walk = new RevWalk(repository)) {
            var old = walk.parseCommit(there.getObjectId());
            var made = walk.parseCommit(wanted);
            boolean same = old.getTree().equals(made.getTree())
                    && old.getParentCount() == 1
                    && old.getParent(0).equals(made.getParent(0));
            if (same) {
                return old.copy();
            }
        }
        throw new ProblemException(
                "revert.branch",
                "There is a branch " + name + " already, and it is another one.",
                "Delete it, or rename it, and ask again.");
    }
}
