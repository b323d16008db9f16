package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.ProblemDocument;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.List;

/**
 * Why something was not done, in the form of RFC 9457 ({@code application/problem+json}).
 *
 * @param status of HTTP
 * @param title what kind of trouble, the same for all of a kind
 * @param detail what happened this time, and what to do
 * @param problems each with its mend, where the engine named some
 */
record ProblemReport(int status, String title, String detail, List<ProblemDocument> problems) {
    private static final System.Logger LOGGER = System.getLogger(ProblemReport.class.getName());

    static ProblemReport notFound(String what) {
        return new ProblemReport(404, "Not found", what, List.of());
    }

    static ProblemReport badRequest(String detail) {
        return new ProblemReport(400, "Not understood", detail, List.of());
    }

    static ProblemReport forbidden(String detail) {
        return new ProblemReport(403, "Not allowed", detail, List.of());
    }

    static ProblemReport tooMany() {
        return new ProblemReport(
                503, "Too many viewers", "As many pages follow what happens here as this host can serve.", List.of());
    }

    /** Places on the host's disk, and what its parts say of themselves, are for those who look after it. */
    static ProblemReport outOfOrder(String title, Exception why) {
        LOGGER.log(System.Logger.Level.WARNING, title, why);
        return new ProblemReport(503, title, title + " now. The log of this host says why.", List.of());
    }

    static ProblemReport refused(ProblemException e) {
        return new ProblemReport(
                422,
                "Refused; nothing was changed",
                e.problems().get(0).message(),
                e.problems().stream().map(ProblemDocument::of).toList());
    }

    /** {@return an exception that ends the work on a request with this} */
    Refusal refusal() {
        return new Refusal(this);
    }

    /** Ends the work on a request. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient ProblemReport report;

        private Refusal(ProblemReport report) {
            super(report.detail(), null, false, false);
            this.report = report;
        }

        ProblemReport report() {
            return report;
        }
    }
}
