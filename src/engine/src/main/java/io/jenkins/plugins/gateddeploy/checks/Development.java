package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** What the host knows of how the version came about: a build and its workspace. Safe for use by several threads. */
public interface Development {

    /** How the build went so far. */
    enum Result {
        /** Nothing is wrong yet. */
        SUCCESS,
        /** It goes on, but tests failed or a report is bad. */
        UNSTABLE,
        /** A part of it failed. */
        FAILURE
    }

    /** A file of the workspace. */
    interface Report {
        /** {@return relative to the workspace, with {@code /}} */
        String path();

        /** {@return its content from the beginning; may be called again} */
        InputStream open() throws IOException;
    }

    /** {@return how the build went so far; empty outside a build} */
    Optional<Result> result();

    /**
     * {@return the files of the workspace that match one of the patterns, in the order of their paths}
     *
     * @param patterns as {@code source.PathPatterns} reads them, such as {@code **}{@code /TEST-*.xml}
     * @throws ProblemException when there is no workspace
     */
    List<Report> reports(List<String> patterns) throws ProblemException, IOException, InterruptedException;

    /**
     * {@return the paths that differ from the commit that the workspace has checked out, at most a hundred; empty when
     * there is no workspace of git}
     */
    Optional<List<String>> uncommitted() throws IOException, InterruptedException;

    /** {@return that of a host that knows nothing of builds} */
    static Development unknown() {
        return new Development() {
            @Override
            public Optional<Result> result() {
                return Optional.empty();
            }

            @Override
            public List<Report> reports(List<String> patterns) throws ProblemException {
                throw new ProblemException(
                        "check.failed",
                        "There is no workspace in which reports (" + String.join(", ", patterns) + ") could be found.",
                        "Verify where the reports are, or remove them from deploy.toml.");
            }

            @Override
            public Optional<List<String>> uncommitted() {
                return Optional.empty();
            }
        };
    }
}
