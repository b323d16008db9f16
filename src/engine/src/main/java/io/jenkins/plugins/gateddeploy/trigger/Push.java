package io.jenkins.plugins.gateddeploy.trigger;

import java.util.List;
import java.util.Objects;

/**
 * A branch or tag was pushed to a repository, as a forge reports it.
 *
 * @param repositories the addresses that the forge gives for it, as it gives them
 * @param reference what was pushed
 * @param commit where it is now, 40 hex digits; for an annotated tag, the tag object or the commit
 * @param person who pushed, by the forge's account, which says nothing about the users of a host; may be empty
 */
public record Push(List<String> repositories, Reference reference, String commit, String person) {
    public Push {
        repositories = List.copyOf(repositories);
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(person, "person");
    }

    /** {@return the same, of those addresses alone} */
    public Push of(List<String> addresses) {
        return new Push(addresses, reference, commit, person);
    }
}
