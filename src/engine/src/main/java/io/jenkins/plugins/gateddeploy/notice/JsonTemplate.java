package io.jenkins.plugins.gateddeploy.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Mustache template that gives JSON. What is filled in was made fit to stand within quotes beforehand, so no way to
 * write a tag leads past that.
 */
public final class JsonTemplate {
    /** What most chat programs take ({@code text}), and every part by itself for others. */
    public static final String USUAL = """
            {
              "text": "{{title}}\\n{{text}}",
              "event": "{{event}}",
              "key": "{{key}}",
              "gate": "{{gate}}",
              "application": "{{application}}",
              "environment": "{{environment}}",
              "revision": "{{revision}}",
              "job": "{{job}}",
              "build": {{build}},
              "title": "{{title}}",
              "link": "{{link}}",
              "time": "{{time}}"
            }
            """;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Template template;

    private JsonTemplate(Template template) {
        this.template = template;
    }

    /**
     * Reads a template, and tries it with values that are hard to quote.
     *
     * @param where as messages should name it
     * @throws ProblemException {@code notice.template} when it is no Mustache, names what there is not, or gives no JSON
     */
    public static JsonTemplate of(String where, String text) throws ProblemException {
        try {
            JsonTemplate template =
                    new JsonTemplate(Mustache.compiler().escapeHTML(false).compile(text));
            JSON.readTree(template.fill(sample(Optional.of(URI.create("https://ci.example.org/job/shop/42/")))));
            JSON.readTree(template.fill(sample(Optional.empty())));
            return template;
        } catch (MustacheException e) {
            throw new ProblemException(
                    "notice.template",
                    "The template " + where + " cannot be filled in: " + Letter.oneLine(e.getMessage()) + ".",
                    "It may name "
                            + String.join(
                                    ", ",
                                    new java.util.TreeSet<>(
                                            values(sample(Optional.empty())).keySet())) + ".");
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    "notice.template",
                    "The template " + where + " gives no JSON: " + Letter.oneLine(e.getOriginalMessage()) + ".",
                    "Write every value within quotes, but for build.");
        }
    }

    /** {@return the JSON for a notice} */
    String fill(Notice notice) {
        return template.execute(values(notice));
    }

    private static Map<String, Object> values(Notice notice) {
        Notice.About about = notice.about();
        Map<String, Object> values = new HashMap<>();
        values.put("title", quoted(notice.text().title()));
        values.put("text", quoted(String.join("\n", notice.text().lines())));
        values.put(
                "lines",
                notice.text().lines().stream().map(JsonTemplate::quoted).toList());
        values.put("event", notice.kind().word());
        values.put("key", quoted(notice.key().toString()));
        values.put("thread", quoted(notice.key().thread()));
        values.put("gate", quoted(about.gate()));
        values.put("application", quoted(about.app()));
        values.put("environment", quoted(about.environment()));
        values.put("revision", quoted(about.revision()));
        values.put("job", quoted(about.job()));
        values.put("build", about.build());
        values.put("link", quoted(about.link().map(URI::toString).orElse("")));
        values.put("linked", about.link().isPresent());
        values.put("time", notice.time().toString());
        return values;
    }

    /** Besides what JSON asks for, what would end a script in a page that shows it, or a line of one (RFC 8259, ECMA-262). */
    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text))
                .replace("</", "<\\/")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static Notice sample(Optional<URI> link) {
        return new Notice(
                new Notice.Key("gate:0", "opened"),
                Notice.Kind.OPENED,
                new Notice.About("0", "shop", "production", "v1 \"x\" \\", "shop/main", 42, Set.of(), link),
                new Notice.Text("Approval needed: \"x\"\n", List.of("\"first\"", "", "</script>\t\\")),
                Instant.EPOCH);
    }
}
