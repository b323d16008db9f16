package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.FilePath;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A path that stays inside of a workspace. Without this, whoever may configure a job could read any file of the machine
 * that its workspace is on.
 */
final class WorkspacePath {
    private WorkspacePath() {}

    /** @throws ProblemException when it is absolute, or goes up */
    static void check(String path) throws ProblemException {
        boolean up = Arrays.asList(path.split("[/\\\\]", -1)).contains("..");
        if (path.isEmpty() || up || path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*")) {
            throw outside(path);
        }
    }

    /**
     * {@return the place in a workspace}
     *
     * @throws ProblemException when it is outside, by its name or by a link
     */
    static FilePath in(FilePath workspace, String path) throws ProblemException, IOException, InterruptedException {
        check(path);
        if (!".".equals(path) && !workspace.isDescendant(path)) {
            throw outside(path);
        }
        return workspace.child(path);
    }

    private static ProblemException outside(String path) {
        return new ProblemException(
                "order.path",
                "Expected a path inside of the workspace, found \"" + path + "\".",
                "Write it relative to the workspace, without \"..\".");
    }
}
