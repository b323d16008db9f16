package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of one version of the application. Safe for use by several threads. */
public interface Files {
    /** Larger ones are not read into memory. */
    int MOST_BYTES = 100 * 1024 * 1024;

    /** {@return the version for people, such as {@code v1.2.0 (a1b2c3d)}} */
    String version();

    /** {@return the paths of all files, relative, with {@code /}, in their order} */
    List<String> paths() throws IOException;

    /**
     * {@return the content of a file; empty when the version has none of that path}
     *
     * @throws ProblemException when it is larger than {@link #MOST_BYTES}, or a link
     */
    Optional<byte[]> read(String path) throws IOException, ProblemException;

    /** {@return how many bytes all files have together; empty where that cannot be told without reading them} */
    default OptionalLong bytes() throws IOException {
        return OptionalLong.empty();
    }
}
