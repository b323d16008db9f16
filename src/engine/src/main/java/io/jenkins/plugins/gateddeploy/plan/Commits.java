package io.jenkins.plugins.gateddeploy.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commits between what is current and what is to come; the one to come among them.
 *
 * @param listed the newest of them, newest first; at most {@value #MOST_LISTED}
 * @param count how many there are; of those that are known, when not all are
 * @param complete whether all are known: nothing is current yet, or git knows what is, and there are not too many.
 *     Otherwise there may be authors that are not among the people
 * @param people authors and committers of all of them, each once
 */
public record Commits(List<Commit> listed, int count, boolean complete, List<Person> people) {
    /** So that a plan stays small enough to be kept and shown. */
    public static final int MOST_LISTED = 100;

    public Commits {
        listed = List.copyOf(listed);
        people = List.copyOf(people);
    }

    /**
     * {@return the commits with their people}
     *
     * @param all newest first, each once
     */
    public static Commits of(List<Commit> all, boolean complete) {
        Set<Person> people = new LinkedHashSet<>();
        all.forEach(c -> people.addAll(c.people()));
        return new Commits(
                all.subList(0, Math.min(all.size(), MOST_LISTED)), all.size(), complete, List.copyOf(people));
    }
}
