package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the calls are listed that are waiting for the application, as JSON, and what may be called.
 *
 * @param run prints them on a target, in its current release; empty when a file has them
 * @param file has them, its path below the release; empty when a command prints them
 * @param on roles of the target that is asked; empty for the first one
 * @param functions the manifest of the application's functions, its path below the release
 */
public record ScheduledCalls(Optional<String> run, Optional<String> file, List<String> on, String functions) {
    public ScheduledCalls {
        Objects.requireNonNull(functions, "functions");
        if (run.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException("Calls are listed either by a command or in a file");
        }
        on = List.copyOf(on);
    }
}
