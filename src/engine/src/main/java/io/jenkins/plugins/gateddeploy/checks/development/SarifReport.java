package io.jenkins.plugins.gateddeploy.checks.development;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Level;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One file of <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>, read as a
 * stream. Suppressed results and those that are gone since a baseline are no findings; one without a level has its
 * rule's, and a warning when that has none either (3.27.10).
 */
final class SarifReport {
    private static final JsonFactory JSON = new JsonFactory();

    private final SarifRules rules;
    private final Consumer<Finding> findings;
    private int run = -1;

    private SarifReport(SarifRules rules, Consumer<Finding> findings) {
        this.rules = rules;
        this.findings = findings;
    }

    /**
     * Reads a file.
     *
     * @param rules of the same file, since a file may have them behind the results that need them
     * @throws SafeXml.Unfit when it is no SARIF
     */
    static void read(InputStream in, SarifRules rules, Consumer<Finding> findings)
            throws SafeXml.Unfit, IOException, InterruptedException {
        walk(in, new SarifReport(rules, findings)::log);
    }

    /** Goes through a document and says why it cannot, in one way. */
    static void walk(InputStream in, JsonFields.Reader log) throws SafeXml.Unfit, IOException, InterruptedException {
        try (Bounded bounded = new Bounded(in);
                JsonParser parser = JSON.createParser(bounded)) {
            try {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new SafeXml.Unfit("it is no JSON object");
                }
                log.read(parser);
                if (parser.nextToken() != null) {
                    throw new SafeXml.Unfit("more follows behind its end");
                }
            } catch (JsonProcessingException e) {
                bounded.rethrow();
                throw new SafeXml.Unfit("it is not JSON to its end: " + ReportText.line(e.getOriginalMessage()));
            }
        } catch (JsonProcessingException e) {
            throw new SafeXml.Unfit("it is not JSON: " + ReportText.line(e.getOriginalMessage()));
        } catch (CharConversionException e) {
            throw new SafeXml.Unfit("it is not text: " + ReportText.line(e.getMessage()));
        }
    }

    private void log(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
        JsonFields.each(parser, (name, value) -> {
            if (name.equals("runs")) {
                JsonFields.items(value, this::run);
            }
        });
        if (run < 0) {
            throw new SafeXml.Unfit("it is no SARIF of an analysis: it has no \"runs\"");
        }
    }

    private void run(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
        run++;
        boolean[] analysed = {false};
        JsonFields.each(parser, (name, value) -> {
            if (name.equals("results")) {
                analysed[0] |= value.currentToken() == JsonToken.START_ARRAY;
                JsonFields.items(value, this::result);
            }
        });
        // A tool that could not begin writes null, one that was not asked to look leaves them out (3.14.23).
        if (!analysed[0]) {
            throw new SafeXml.Unfit("its run " + (run + 1) + " has no \"results\", so nothing was analysed");
        }
    }

    private void result(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while reading a report");
        }
        Result result = new Result();
        JsonFields.each(parser, result::field);
        if (!result.suppressed && !result.gone) {
            findings.accept(
                    new Finding(result.level(rules, run), result.rule, result.message, result.file, result.line));
        }
    }

    /** What is known of a result while it is read. */
    private static final class Result {
        private String level = "";
        private String kind = "fail";
        private String rule = "";
        private int ruleIndex = -1;
        private String message = "";
        private String file = "";
        private int line;
        private boolean suppressed;
        private boolean gone;

        void field(String name, JsonParser value) throws IOException, SafeXml.Unfit, InterruptedException {
            switch (name) {
                case "level" -> level = JsonFields.text(value);
                case "kind" -> kind = JsonFields.text(value);
                case "ruleId" -> rule = JsonFields.text(value);
                case "ruleIndex" -> ruleIndex = JsonFields.number(value);
                case "baselineState" -> gone = JsonFields.text(value).equals("absent");
                case "rule" -> JsonFields.each(value, this::ruleField);
                case "message" -> JsonFields.each(value, this::messageField);
                case "locations" -> JsonFields.items(value, location -> JsonFields.each(location, this::locationField));
                case "suppressions" -> JsonFields.items(value, this::suppression);
                default -> {
                    // Whoever reads field by field skips what nobody took.
                }
            }
        }

        private void ruleField(String name, JsonParser value) throws IOException {
            if (name.equals("id") && rule.isEmpty()) {
                rule = JsonFields.text(value);
            } else if (name.equals("index") && ruleIndex < 0) {
                ruleIndex = JsonFields.number(value);
            }
        }

        private void messageField(String name, JsonParser value) throws IOException {
            if (name.equals("text") || (name.equals("markdown") && message.isEmpty())) {
                message = JsonFields.text(value);
            }
        }

        private void locationField(String name, JsonParser value)
                throws IOException, SafeXml.Unfit, InterruptedException {
            if (name.equals("physicalLocation") && file.isEmpty()) {
                JsonFields.each(value, this::physical);
            }
        }

        private void physical(String name, JsonParser value) throws IOException, SafeXml.Unfit, InterruptedException {
            if (name.equals("artifactLocation")) {
                JsonFields.each(value, (key, uri) -> file = key.equals("uri") ? JsonFields.text(uri) : file);
            } else if (name.equals("region")) {
                JsonFields.each(
                        value, (key, number) -> line = key.equals("startLine") ? JsonFields.number(number) : line);
            }
        }

        /** One that was rejected, or is still looked at, suppresses nothing (3.35.3). */
        private void suppression(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException {
            String[] status = {"accepted"};
            JsonFields.each(
                    parser, (name, value) -> status[0] = name.equals("status") ? JsonFields.text(value) : status[0]);
            suppressed |= status[0].equals("accepted");
        }

        private Optional<Level> level(SarifRules rules, int run) {
            if (!kind.equals("fail")) {
                return Optional.empty();
            }
            String said = level.isEmpty() ? rules.level(run, rule, ruleIndex) : level;
            return switch (said.toLowerCase(Locale.ROOT)) {
                case "none" -> Optional.empty();
                case "note" -> Optional.of(Level.NOTE);
                case "error" -> Optional.of(Level.ERROR);
                case "warning", "" -> Optional.of(Level.WARNING);
                // What nobody knows counts as the worst.
                default -> Optional.of(Level.ERROR);
            };
        }
    }
}
