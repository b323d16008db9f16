package io.jenkins.plugins.gateddeploy.plan;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What carrying out a plan changes, for people who decide on it. No part of the plan's digest but for what is left out: the
 * commit and the configuration, which are, decide the rest.
 *
 * @param files in which the version differs from what is current; empty when nothing is current, or git does not know it
 * @param tasks what runs on the targets, in order, with those that are left out
 * @param skipped names of the tasks that are left out this time, sorted; null in what an older version wrote, and then none
 */
public record Effects(Optional<ChangedFiles> files, List<Task> tasks, List<String> skipped) {
    /** So that a plan stays small enough to be kept and shown. */
    public static final int MOST_FILES = 500;

    public Effects {
        files = Objects.requireNonNullElseGet(files, Optional::empty);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        skipped = skipped == null
                ? List.of()
                : skipped.stream().distinct().sorted().toList();
    }

    /** Those that leave nothing out. */
    public Effects(Optional<ChangedFiles> files, List<Task> tasks) {
        this(files, tasks, List.of());
    }

    /** {@return that nothing is known} */
    public static Effects unknown() {
        return unknown(Set.of());
    }

    /** {@return that nothing is known but which tasks are left out} */
    public static Effects unknown(Set<String> skipped) {
        return new Effects(Optional.empty(), List.of(), List.copyOf(skipped));
    }
}
