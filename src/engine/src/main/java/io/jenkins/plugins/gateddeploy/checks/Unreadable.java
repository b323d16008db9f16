package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;

/** Files that are there and yet cannot be looked into. */
final class Unreadable {
    private Unreadable() {}

    static ProblemException link(String path, String version) {
        return new ProblemException(
                Checks.FAILED,
                path + " of " + version + " is a link, and links are not followed.",
                "Name the file that it points at.");
    }

    static ProblemException tooLarge(String path, String version, long most) {
        return new ProblemException(
                Checks.FAILED,
                path + " of " + version + " is larger than " + (most >> 20) + " MiB.",
                "Name a smaller file, or leave this check out.");
    }
}
