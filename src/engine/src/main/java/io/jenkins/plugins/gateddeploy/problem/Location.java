package io.jenkins.plugins.gateddeploy.problem;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where in a file a problem is.
 *
 * @param file the file as the user named it; never null
 * @param line from 1; 0 when the problem concerns the file as a whole
 * @param column from 1, in characters; 0 when unknown
 */
public record Location(String file, int line, int column) implements Serializable {
    public Location {
        Objects.requireNonNull(file, "file");
    }

    /** {@return the place as compilers print it: {@code deploy.toml:3:7}} */
    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
