package io.jenkins.plugins.gateddeploy.source;

import java.time.Instant;
import java.util.Objects;

/**
 * A branch that takes a range of commits back.
 *
 * @param branch its name
 * @param message of its commit
 * @param name of who makes the commit
 * @param mail of who makes the commit
 * @param time of the commit
 */
public record ReturnBranch(String branch, String message, String name, String mail, Instant time) {
    public ReturnBranch {
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mail, "mail");
        Objects.requireNonNull(time, "time");
    }
}
