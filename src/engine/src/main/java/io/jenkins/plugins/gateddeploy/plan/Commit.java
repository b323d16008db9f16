package io.jenkins.plugins.gateddeploy.plan;

import io.jenkins.plugins.gateddeploy.source.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A version of the application.
 *
 * @param id full commit (40 hex digits) or content digest of a folder (64)
 * @param subject first line of the commit message; empty for a folder
 * @param author {@code Name <mail>}; empty for a folder
 * @param committer {@code Name <mail>}; empty for a folder
 * @param time when it was committed; for a folder, when it was read
 */
public record Commit(String id, String subject, String author, String committer, Instant time) {
    public Commit {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(committer, "committer");
        Objects.requireNonNull(time, "time");
    }

    /** {@return what a revision is, without its whole message} */
    public static Commit of(Revision revision) {
        return new Commit(revision.id(), revision.subject(), revision.author(), revision.committer(), revision.time());
    }

    /** {@return author and committer, once when they are the same; none for a folder} */
    List<Person> people() {
        return List.of(author, committer).stream()
                .filter(p -> !p.isBlank())
                .map(Person::parse)
                .distinct()
                .toList();
    }
}
