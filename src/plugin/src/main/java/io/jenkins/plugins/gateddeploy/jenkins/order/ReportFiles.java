package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.gateddeploy.checks.report.JunitXml;
import io.jenkins.plugins.gateddeploy.checks.report.Sarif;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Files of the workspace that other steps read what was found from, such as {@code recordIssues} and {@code junit}. */
public final class ReportFiles implements Serializable {
    private static final long serialVersionUID = 1;

    private final String sarif;
    private final String junit;

    /**
     * Files.
     *
     * @param sarif path in the workspace; null or empty for none
     * @param junit path in the workspace; null or empty for none
     */
    public ReportFiles(String sarif, String junit) {
        this.sarif = Util.fixNull(sarif).strip();
        this.junit = Util.fixNull(junit).strip();
    }

    /**
     * Writes them.
     *
     * @throws ProblemException when there is no workspace, or a path leads out of it
     */
    void write(Site site, Configuration configuration, Judgement judgement)
            throws ProblemException, IOException, InterruptedException {
        if (!sarif.isEmpty()) {
            write(site, sarif, Sarif.of(judgement));
        }
        if (!junit.isEmpty()) {
            write(site, junit, JunitXml.of(configuration.app(), configuration.environment(), judgement));
        }
    }

    private static void write(Site site, String path, String text)
            throws ProblemException, IOException, InterruptedException {
        FilePath workspace = site.workspace()
                .orElseThrow(() -> new ProblemException(
                        "order.workspace",
                        "There is no workspace in which " + path + " could be written.",
                        "Verify inside of node, or leave the file out."));
        WorkspacePath.in(workspace, path).write(text, StandardCharsets.UTF_8.name());
    }
}
