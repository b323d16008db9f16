package io.jenkins.plugins.gateddeploy.checks.contract.document;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.List;

/** Says why a document cannot be read. */
final class Unreadable {
    private static final int LONGEST = 200;

    private Unreadable() {}

    static ProblemException document(String path, int line, String flaw, String mend) {
        return new ProblemException(
                List.of(Problem.error("check.failed", flaw, mend, new Location(path, Math.max(line, 0), 0))));
    }

    /** {@return a text of the document, or of a library about it, short and on one line} */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
