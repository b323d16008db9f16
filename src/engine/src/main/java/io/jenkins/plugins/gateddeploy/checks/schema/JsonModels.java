package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Document;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Format;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON list of models, each an object with {@code name} and {@code fields}, as Backand's model editor has it; with
 * storage keys, as Gadget's models have them. Without {@code format} in deploy.toml: every file that begins with a
 * {@code [}.
 */
final class JsonModels implements SchemaFormat {
    private static final List<String> ROOTS = List.of("models", "objects", "tables");

    @Override
    public boolean reads(DataSchema.Source source, Files files) throws IOException, ProblemException {
        return source instanceof Document document
                && (document.format().isPresent()
                        ? document.format().get() == Format.MODELS
                        : FirstCharacter.of(document.file(), files) == '[');
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
        return model(JsonDocument.read(((Document) source).file(), files));
    }

    private static DataModel model(JsonDocument document) throws ProblemException {
        JsonNode list = list(document);
        Map<String, DataModel.Model> models = new LinkedHashMap<>();
        JsonFields fields = new JsonFields(document);
        for (JsonNode item : list) {
            Location where = document.where(item, document.where(list));
            if (!item.isObject()) {
                throw document.unreadable(
                        where, "a model is an object with name and fields, but here is something else");
            }
            String name = fields.text(item, "name", where);
            String key = fields.storageKey(item, name, where);
            DataModel.Model model = new DataModel.Model(name, key, fields.shape(item, where), where);
            if (models.putIfAbsent(name, model) != null) {
                throw document.unreadable(where, "there are two models named " + Words.quote(name));
            }
        }
        JsonFields.rejectSharedKeys(document, models.values(), DataModel.Model::where);
        return new DataModel(models, Map.of(), Set.of());
    }

    private static JsonNode list(JsonDocument document) throws ProblemException {
        JsonNode root = document.root();
        if (root.isArray()) {
            return root;
        }
        for (String name : ROOTS) {
            if (root.path(name).isArray()) {
                return root.path(name);
            }
        }
        throw document.unreadable(
                document.where(root), "expected a list of models such as [{ \"name\": …, \"fields\": { … } }]");
    }
}
