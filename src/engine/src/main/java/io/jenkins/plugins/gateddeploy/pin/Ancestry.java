package io.jenkins.plugins.gateddeploy.pin;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;

/** Which commit comes before which. */
@FunctionalInterface
public interface Ancestry {

    /**
     * {@return whether a commit is another, or comes before it}
     *
     * @param head the one that may come after
     * @param commit the one that may come before
     * @throws ProblemException when the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    boolean leadsTo(String head, String commit) throws ProblemException, InterruptedException;

    /**
     * {@return whether a commit was in a repository that can be asked, and is not there any more, as after its branch was
     * rewritten}
     *
     * @throws ProblemException when the repository cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    default boolean isLost(String commit) throws ProblemException, InterruptedException {
        return false;
    }

    /** {@return what can be told without a repository: a commit leads to itself} */
    static Ancestry unknown() {
        return String::equals;
    }

    /**
     * {@return what a repository tells} A head that is not there any more, as after its branch was rewritten, has
     * nothing before it.
     *
     * @param repository that has the commits; null for none
     */
    static Ancestry of(GitSource repository) {
        return repository == null ? unknown() : new InRepository(repository);
    }

    /**
     * Of the commits of one repository.
     *
     * @param repository that has the commits
     */
    record InRepository(GitSource repository) implements Ancestry {

        @Override
        public boolean leadsTo(String head, String commit) throws ProblemException, InterruptedException {
            return head.equals(commit) || repository.leadsTo(head, commit);
        }

        /** A commit that is there leads to itself. */
        @Override
        public boolean isLost(String commit) throws ProblemException, InterruptedException {
            return !repository.leadsTo(commit, commit);
        }
    }
}
