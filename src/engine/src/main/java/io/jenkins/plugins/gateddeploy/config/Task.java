package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something to run on targets.
 *
 * @param name from deploy.toml's {@code [tasks]}
 * @param run a shell command line, given to {@code sh -c} in the new release's directory
 * @param at when it runs
 * @param once whether it runs on the first fitting target only, while the others wait
 * @param on roles it is for; empty for every target
 * @param undo the command line that takes it back; run only when a person asks for it or {@code undoOnFailure}
 * @param undoOnFailure whether a failed deployment runs {@code undo} by itself
 * @param idempotent whether it may be run again when nobody knows how it ended
 * @param timeout after which its process group is ended and it counts as failed
 */
public record Task(
        String name,
        String run,
        Phase at,
        boolean once,
        Set<String> on,
        Optional<String> undo,
        boolean undoOnFailure,
        boolean idempotent,
        Duration timeout) {
    public Task {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(undo, "undo");
        Objects.requireNonNull(timeout, "timeout");
        on = Set.copyOf(on);
    }

    /** {@return the same task with another name} */
    Task named(String newName) {
        return new Task(newName, run, at, once, on, undo, undoOnFailure, idempotent, timeout);
    }

    /** When a task runs. */
    public enum Phase {
        /** In the new release, before the switch. */
        PREPARE,
        /** In the new release, after the switch and before the health check. */
        SWITCHED
    }
}
