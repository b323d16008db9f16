package io.jenkins.plugins.gateddeploy.checks.contract.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads JSON and YAML. Only the events of the YAML parser are used: nothing that a tag names is ever made. Every limit is
 * written here, since the usual ones are too small for the interfaces of large services, and none would let one file
 * use up the memory.
 */
public final class DocumentReader {
    /** The largest public ones have some 12 MB. */
    static final int MOST_BYTES = 32 * 1024 * 1024;

    private static final int LONGEST_NAME = 10_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxDocumentLength(MOST_BYTES)
            .maxNestingDepth(TreeBuilder.DEEPEST + 1)
            .maxNameLength(LONGEST_NAME)
            .maxNumberLength(1000)
            .maxStringLength(MOST_BYTES)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(LIMITS)
            .loaderOptions(yamlLimits())
            .build();

    private DocumentReader() {}

    /**
     * Reads a file.
     *
     * @param path its name, by which {@code .json}, {@code .yaml} and {@code .yml} are told apart; others are JSON when
     *     they begin with a bracket
     * @throws ProblemException when it is no such document or beyond a limit; says where
     * @throws InterruptedException when the thread was interrupted
     */
    public static Source read(String path, byte[] bytes) throws ProblemException, InterruptedException {
        if (bytes.length > MOST_BYTES) {
            throw Unreadable.document(
                    path,
                    0,
                    "the file " + path + " has " + bytes.length + " bytes; at most " + MOST_BYTES + " are read.",
                    "Split it.");
        }
        String text = decode(path, bytes);
        boolean json = isJson(path, text);
        Source source = new Source(path);
        try (JsonParser parser = json ? JSON.createParser(text) : YAML.createParser(text)) {
            source.hold(new TreeBuilder(source, parser, new Anchors(!json)).build());
            return source;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw unfit(path, line, json, e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            // SnakeYAML says some things with unchecked exceptions.
            throw unfit(path, 0, json, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw unfit(path, 0, json, "it is too deep");
        }
    }

    private static ProblemException unfit(String path, int line, boolean json, String why) {
        String format = json ? "JSON" : "YAML";
        String reason = Unreadable.shown(why.lines().findFirst().orElse(""));
        return Unreadable.document(
                path,
                line,
                "the file " + path + " is not " + format + " that can be read: " + reason + ".",
                "Mend the file, and look at it with any reader of " + format + ".");
    }

    private static String decode(String path, byte[] bytes) throws ProblemException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Unreadable.document(
                    path, 0, "the file " + path + " is not UTF-8.", "Save it as UTF-8, without anything binary in it.");
        }
    }

    private static boolean isJson(String path, String text) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) {
            return name.endsWith(".json");
        }
        String start = text.substring(0, Math.min(text.length(), 1000)).stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static LoaderOptions yamlLimits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setNestingDepthLimit(TreeBuilder.DEEPEST);
        options.setMaxAliasesForCollections(10_000);
        options.setAllowRecursiveKeys(false);
        options.setProcessComments(false);
        return options;
    }
}
