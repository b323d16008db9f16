package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Document;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Format;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;

/**
 * A JSON Schema of what is stored, draft 7 or 2020-12. Without {@code format} in deploy.toml: every file that begins
 * with a <code>{</code>.
 */
final class JsonSchemas implements SchemaFormat {

    @Override
    public boolean reads(DataSchema.Source source, Files files) throws IOException, ProblemException {
        return source instanceof Document document
                && (document.format().isPresent()
                        ? document.format().get() == Format.JSON_SCHEMA
                        : FirstCharacter.of(document.file(), files) == '{');
    }

    @Override
    public void read(DataSchema.Source source, Files files) throws IOException, ProblemException {
        model(source, files);
    }

    @Override
    public List<SchemaChange> changes(DataSchema.Source source, Files before, Files coming)
            throws IOException, ProblemException, InterruptedException {
        return Comparison.between(model(source, before), model(source, coming));
    }

    private static DataModel model(DataSchema.Source source, Files files) throws IOException, ProblemException {
        return new JsonSchemaReader(JsonDocument.read(((Document) source).file(), files)).read();
    }
}
