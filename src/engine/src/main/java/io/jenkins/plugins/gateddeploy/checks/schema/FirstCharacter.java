package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;

/** Tells JSON lists from JSON objects without reading them. */
final class FirstCharacter {
    private FirstCharacter() {}

    /** {@return the first byte of a file that is no white space and no byte order mark; a space when there is none} */
    static char of(String file, Files files) throws IOException, ProblemException {
        byte[] bytes = files.read(file).orElse(new byte[0]);
        for (byte b : bytes) {
            boolean mark = b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
            if (!mark && !Character.isWhitespace(b)) {
                return (char) (b & 0xFF);
            }
        }
        return ' ';
    }
}
