package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.CharConversionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A JSON file whose objects and lists know where they stand. */
final class JsonDocument {
    /** Schemas that people or programs write have some hundred kilobytes; more would cost the host its memory. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int MOST_NODES = 500_000;
    private static final int DEEPEST = 100;
    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(1000)
                    .maxNumberLength(500)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String file;
    private final String version;
    private final IdentityHashMap<JsonNode, Integer> lines = new IdentityHashMap<>();
    private int nodes;
    private JsonNode root;

    private JsonDocument(String file, String version) {
        this.file = file;
        this.version = version;
    }

    /**
     * Reads a file of a version.
     *
     * @throws ProblemException when there is none, it is too large, or no JSON
     */
    static JsonDocument read(String file, Files files) throws IOException, ProblemException {
        byte[] bytes = files.read(file)
                .orElseThrow(() -> new ProblemException(List.of(Problem.error(
                        "check.failed",
                        "deploy.toml says that the data's schema is in " + file + ", but " + files.version()
                                + " has no such file.",
                        "Commit the file, or correct schema.file.",
                        new Location(file, 0, 0)))));
        JsonDocument document = new JsonDocument(file, files.version());
        if (bytes.length > MOST_BYTES) {
            throw document.unreadable(
                    0,
                    0,
                    "it has " + bytes.length / (1024 * 1024) + " MB; at most " + MOST_BYTES / (1024 * 1024)
                            + " are read");
        }
        document.parse(bytes);
        return document;
    }

    JsonNode root() {
        return root;
    }

    String file() {
        return file;
    }

    /** {@return where a node stands; for one that is neither object nor list, the file} */
    Location where(JsonNode node) {
        return new Location(file, lines.getOrDefault(node, 0), 0);
    }

    /** {@return where the first of some nodes stands that is an object or list} */
    Location where(JsonNode node, Location around) {
        return lines.containsKey(node) ? where(node) : around;
    }

    /** {@return the error that a place cannot be understood} */
    ProblemException unreadable(Location where, String what) {
        return new ProblemException(List.of(Problem.error(
                "check.failed",
                "The data's schema " + file + " of " + version + " cannot be read: " + what + ".",
                "Correct the file, or schema in deploy.toml.",
                where)));
    }

    private ProblemException unreadable(int line, int column, String what) {
        return unreadable(new Location(file, line, column), what);
    }

    private void parse(byte[] bytes) throws IOException, ProblemException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw unreadable(0, 0, "it is empty");
            }
            root = node(parser);
            if (parser.nextToken() != null) {
                throw unreadable(parser.currentTokenLocation().getLineNr(), 0, "something follows after its end");
            }
        } catch (StreamConstraintsException e) {
            throw unreadable(
                    0, 0, "it is nested more than " + DEEPEST + " deep, or a text or number in it is too long");
        } catch (CharConversionException e) {
            throw unreadable(0, 0, "it is no text in UTF-8");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            // Jackson's own message may show a piece of the file, in which anything may stand.
            String what = e.getMessage() != null && e.getMessage().startsWith("Duplicate field")
                    ? "a key is written twice"
                    : "it is no JSON";
            throw unreadable(Math.max(0, line), Math.max(0, column), what);
        }
    }

    private JsonNode node(JsonParser parser) throws IOException, ProblemException {
        int line = parser.currentTokenLocation().getLineNr();
        if (++nodes > MOST_NODES) {
            throw unreadable(line, 0, "it has more than " + MOST_NODES + " values");
        }
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, make.objectNode(), line);
            case START_ARRAY -> array(parser, make.arrayNode(), line);
            case VALUE_STRING -> make.textNode(parser.getText());
            case VALUE_NUMBER_INT -> make.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> make.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> make.booleanNode(true);
            case VALUE_FALSE -> make.booleanNode(false);
            case VALUE_NULL -> make.nullNode();
            default -> throw unreadable(line, 0, "it is no JSON");
        };
    }

    private JsonNode object(JsonParser parser, ObjectNode object, int line) throws IOException, ProblemException {
        lines.put(object, line);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, node(parser));
        }
        return object;
    }

    private JsonNode array(JsonParser parser, ArrayNode array, int line) throws IOException, ProblemException {
        lines.put(array, line);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }

    /** {@return the value as JSON that is the same for equal values: keys sorted, numbers without needless digits} */
    static String canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(p -> sorted.put(p.getKey(), p.getValue()));
            return sorted.entrySet().stream()
                    .map(e -> JsonNodeFactory.instance.textNode(e.getKey()) + ":" + canonical(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream().map(JsonDocument::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        return node.isNumber() ? number(node.decimalValue().stripTrailingZeros()) : node.toString();
    }

    /** A few characters can write a number with a billion digits. */
    private static String number(BigDecimal number) {
        return Math.abs(number.scale()) < 100 ? number.toPlainString() : number.toString();
    }
}
