package io.jenkins.plugins.gateddeploy.checks.contract;

import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.array;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.eachTable;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.escaped;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.item;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.put;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.remove;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.rename;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.reverse;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.schema;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.shuffleKeys;
import static io.jenkins.plugins.gateddeploy.checks.contract.Mutation.breaking;
import static io.jenkins.plugins.gateddeploy.checks.contract.Mutation.harmless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes to documents of {@link LargeApi} in Stripe's shape, each of one kind, at places that differ with the number. */
final class StripeMutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StripeMutations() {}

    static List<Mutation> of(int n) {
        String all = "/paths/" + escaped("/v1/items_" + n);
        String body = all + "/post/requestBody/content/" + escaped("application/x-www-form-urlencoded") + "/schema";
        String envelope = all + "/get/responses/200/content/" + escaped("application/json") + "/schema";
        String item = "/components/schemas/item_" + n;
        List<Mutation> list = new ArrayList<>();
        list.add(breaking("a property of a closed body removed", remove(body + "/properties", "shipping")));
        list.add(breaking(
                "a property within a property became required",
                put(body + "/properties/shipping", "required", array("phone"))));
        list.add(breaking("a form's value removed", item(body + "/properties/mode/enum", 1, null)));
        list.add(breaking("a choice of a body narrowed", d -> {
            put(body + "/properties", "metadata", d.at(body + "/properties/metadata/anyOf/0"))
                    .accept(d);
        }));
        list.add(breaking(
                "an alternative of a body narrowed",
                put(body + "/properties/metadata/anyOf/0/additionalProperties", "maxLength", JSON.numberNode(5))));
        list.add(breaking("an envelope lost its data", remove(envelope + "/properties", "data")));
        list.add(breaking(
                "an envelope's flag became optional", put(envelope, "required", array("data", "object", "url"))));
        list.add(breaking("an id became a number", put(item + "/properties/id", "type", JSON.textNode("integer"))));
        list.add(breaking("a property of a nested item removed", remove(item + "/properties", "livemode")));
        list.add(breaking(
                "a property of a deleted item removed",
                remove("/components/schemas/deleted_item_" + n + "/properties", "deleted")));
        list.add(breaking(
                "an alternative's type changed",
                put(item + "/properties/attribute_0/anyOf/0", "type", JSON.textNode("boolean"))));
        list.add(breaking("a list's parameter removed", remove(all + "/get", "parameters")));
        list.add(breaking(
                "a parameter written in another way", put(all + "/get/parameters/2", "style", JSON.textNode("form"))));
        list.add(breaking(
                "a map is closed",
                put(item + "/properties/attribute_4", "additionalProperties", JSON.booleanNode(false))));
        list.add(breaking("an operation removed", remove(all, "post")));

        list.add(harmless("keys in another order", d -> shuffleKeys(d, new Random(n))));
        list.add(harmless(
                "alternatives in another order",
                d -> reverse((ArrayNode) d.at(item + "/properties/attribute_0/anyOf"))));
        list.add(harmless(
                "an alternative of an answer never comes", item(item + "/properties/attribute_0/anyOf", 2, null)));
        list.add(harmless("a choice became its first alternative", d -> {
            ObjectNode first = d.at(item + "/properties/attribute_0/anyOf/0").deepCopy();
            put(item + "/properties", "attribute_0", first).accept(d);
        }));
        list.add(harmless(
                "anyOf written as oneOf",
                d -> rename(item + "/properties/attribute_0", "anyOf", "oneOf").accept(d)));
        list.add(harmless("a choice within a choice", d -> {
            ArrayNode choice = (ArrayNode) d.at(item + "/properties/attribute_0/anyOf");
            ArrayNode flat = choice.deepCopy();
            choice.removeAll();
            choice.add(flat.get(0));
            ArrayNode inner = choice.addObject().putArray("anyOf");
            inner.add(flat.get(1));
            inner.add(flat.get(2));
        }));
        list.add(harmless("a schema that contains itself renamed", d -> {
            rename("/components/schemas", "item_" + n, "renamed").accept(d);
            eachTable(d, t -> {
                if (t.path("$ref").asText().equals("#" + item)) {
                    t.put("$ref", "#/components/schemas/renamed");
                }
            });
        }));
        list.add(harmless("a new property of an item", put(item + "/properties", "added", schema("string"))));
        list.add(harmless("a new property of a closed body", put(body + "/properties", "added", schema("string"))));
        list.add(harmless("a body is opened", remove(body, "additionalProperties")));
        list.add(harmless("written as OpenAPI 3.1", Edits::asVersion31));
        return list;
    }
}
