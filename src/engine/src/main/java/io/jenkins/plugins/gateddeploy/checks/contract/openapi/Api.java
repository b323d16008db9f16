package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Documents;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;

/**
 * The OpenAPI document of one version.
 *
 * @param documents the version's files, in which references are followed
 * @param root of the document
 */
public record Api(Documents documents, Node root) {

    Node follow(Node node) throws IOException, ProblemException, InterruptedException {
        return documents.follow(node);
    }

    /** {@return whether this is an OpenAPI document, of whatever version} */
    public static boolean isOne(Node root) {
        return root.get("openapi").isThere() || root.get("swagger").isThere();
    }

    /**
     * {@return what breaks the clients of the old version, the worst first; then, as warnings, what may}
     *
     * @param file the document's path, for what has no better place
     * @throws ProblemException when the documents cannot be compared
     */
    public static java.util.List<io.jenkins.plugins.gateddeploy.problem.Problem> compare(Api old, Api now, String file)
            throws IOException, ProblemException, InterruptedException {
        old.requireVersion3(file);
        now.requireVersion3(file);
        Changes changes = new Changes(file);
        new Comparison(old, now, changes).run();
        return changes.problems();
    }

    private void requireVersion3(String file) throws ProblemException {
        String version = root.get("openapi") instanceof Node.Scalar scalar ? scalar.written() : "";
        if (!version.startsWith("3.") && !version.equals("3")) {
            String found = version.isEmpty() ? "Swagger 2 or older" : "OpenAPI " + version;
            throw new ProblemException(
                    "check.failed",
                    file + " of " + documents.version() + " is " + found + "; 3.0 and 3.1 are compared.",
                    "Convert it to OpenAPI 3.");
        }
    }
}
