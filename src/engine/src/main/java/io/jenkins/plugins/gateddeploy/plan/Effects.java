package io.jenkins.plugins.gateddeploy.plan;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What carrying out a plan changes, for people who decide on it. No part of the plan's digest: the commit and the
 * configuration, which are, decide it.
 *
 * @param files in which the version differs from what is current; empty when nothing is current, or git does not know it
 * @param tasks what runs on the targets, in order
 */
public record Effects(Optional<ChangedFiles> files, List<Task> tasks) {
    /** So that a plan stays small enough to be kept and shown. */
    public static final int MOST_FILES = 500;

    public Effects {
        files = Objects.requireNonNullElseGet(files, Optional::empty);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
    }

    /** {@return that nothing is known} */
    public static Effects unknown() {
        return new Effects(Optional.empty(), List.of());
    }
}
