package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.plan.Commits;
import java.time.Instant;
import java.util.List;

/**
 * The commits between what was current and what a deployment brings.
 *
 * @param count how many there are, of those that are known
 * @param complete whether all are known
 * @param listed the newest, newest first
 */
public record CommitsDocument(int count, boolean complete, List<Commit> listed) {
    /**
     * A commit.
     *
     * @param id full commit
     * @param subject first line of its message
     * @param author {@code Name <mail>}
     * @param time when it was committed
     */
    public record Commit(String id, String subject, String author, Instant time) {}

    /** {@return the commits} */
    public static CommitsDocument of(Commits commits) {
        return new CommitsDocument(
                commits.count(),
                commits.complete(),
                commits.listed().stream()
                        .map(c -> new Commit(c.id(), c.subject(), c.author(), c.time()))
                        .toList());
    }
}
