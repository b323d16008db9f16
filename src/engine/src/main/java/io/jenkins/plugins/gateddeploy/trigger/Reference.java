package io.jenkins.plugins.gateddeploy.trigger;

import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * A branch or a tag of a git repository.
 *
 * @param kind which of them
 * @param name without {@code refs/heads/} or {@code refs/tags/}: {@code main}
 */
public record Reference(Kind kind, String name) {

    /** What it is. */
    public enum Kind {
        /** Moves with every push. */
        BRANCH,
        /** Stays, as a rule. */
        TAG
    }

    public Reference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /**
     * {@return the branch or tag of that full name; empty for any other reference, and for what is none that git allows
     * (git-check-ref-format(1))}
     *
     * @param full {@code refs/heads/main} or {@code refs/tags/v1}
     */
    public static Optional<Reference> of(String full) {
        if (!Repository.isValidRefName(full)) {
            return Optional.empty();
        }
        if (full.startsWith(Constants.R_HEADS)) {
            return Optional.of(new Reference(Kind.BRANCH, full.substring(Constants.R_HEADS.length())));
        }
        return full.startsWith(Constants.R_TAGS)
                ? Optional.of(new Reference(Kind.TAG, full.substring(Constants.R_TAGS.length())))
                : Optional.empty();
    }

    /** {@return the name that no branch and tag have in common: {@code refs/tags/v1}} */
    public String full() {
        return (kind == Kind.BRANCH ? Constants.R_HEADS : Constants.R_TAGS) + name;
    }

    /** {@return as people read it: {@code branch main}} */
    @Override
    public String toString() {
        return (kind == Kind.BRANCH ? "branch " : "tag ") + name;
    }
}
