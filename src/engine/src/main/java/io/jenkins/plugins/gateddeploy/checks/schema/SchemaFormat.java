package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;

/**
 * A way to write down what data looks like. A new one is one class, and one line in {@link SchemaChecks}. Safe for use
 * by several threads.
 */
interface SchemaFormat {

    /**
     * {@return whether it is this format that deploy.toml names}
     *
     * @param files in which to look when deploy.toml leaves it open
     */
    boolean reads(DataSchema.Source source, Files files) throws IOException, ProblemException;

    /**
     * Reads a version on its own, as before the first deployment, when there is nothing to compare with.
     *
     * @throws ProblemException when it cannot be read
     */
    void read(DataSchema.Source source, Files files) throws IOException, ProblemException, InterruptedException;

    /**
     * {@return what changes, in the order of the files; empty when the data stays as it is}
     *
     * @throws ProblemException when one of the two cannot be read
     */
    List<SchemaChange> changes(DataSchema.Source source, Files before, Files coming)
            throws IOException, ProblemException, InterruptedException;
}
