package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deploy.toml that is right in every part: for each of its environments there is a whole {@link Configuration}. The
 * format is described in {@code docs/deploy-toml.md}.
 */
public final class DeployFile {
    private final String fileName;
    private final String app;
    private final Map<String, Configuration> configurations;
    private final Map<String, QueueRules> queues;

    DeployFile(String fileName, String app, Map<String, Configuration> configurations, Map<String, QueueRules> queues) {
        this.fileName = fileName;
        this.app = app;
        this.configurations = Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
        this.queues = Map.copyOf(queues);
    }

    /**
     * Reads the text of a deploy.toml.
     *
     * @param fileName as messages should name it
     * @throws ProblemException with all that is wrong, in the order of the file: {@code config.syntax}, {@code
     *     config.unknown-key}, {@code config.type}, {@code config.missing}, {@code config.value}, {@code
     *     config.duplicate}, {@code config.reference}, {@code config.limit}
     */
    public static DeployFile parse(String fileName, String text) throws ProblemException {
        return new DeployFileReader(fileName).read(text);
    }

    /**
     * Reads a deploy.toml.
     *
     * @throws ProblemException as {@link #parse}, and with {@code config.file} when it cannot be read
     */
    public static DeployFile read(Path file) throws ProblemException {
        return parse(file.toString(), text(file));
    }

    /**
     * {@return the text of a TOML file}
     *
     * @throws ProblemException {@code config.file}, {@code config.limit} or {@code config.syntax} when it cannot be read,
     *     is too large, or no UTF-8
     */
    static String text(Path file) throws ProblemException {
        String name = file.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Document.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw unreadable(name, "There is no such file.", "Write one, or name another with --config.");
        } catch (IOException e) {
            throw unreadable(name, "The file cannot be read: " + e.getMessage() + ".", "");
        }
        if (bytes.length > Document.MAX_BYTES) {
            Findings findings = new Findings();
            Document.tooLarge(name, findings);
            findings.throwAny();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(List.of(Problem.error(
                    "config.syntax", "The file is not UTF-8.", "Save it as UTF-8.", new Location(name, 0, 0))));
        }
    }

    /** {@return the application's name} */
    public String app() {
        return app;
    }

    /** {@return the names of the environments in the order of the file; at least one} */
    public List<String> environments() {
        return List.copyOf(configurations.keySet());
    }

    /**
     * {@return what holds for one environment}
     *
     * @throws ProblemException {@code config.environment} when there is no such environment
     */
    public Configuration configuration(String environment) throws ProblemException {
        Configuration configuration = configurations.get(environment);
        if (configuration == null) {
            String meant = Nearest.to(environment, configurations.keySet())
                    .map(e -> "Did you mean " + e + "? ")
                    .orElse("");
            throw new ProblemException(List.of(Problem.error(
                    "config.environment",
                    "There is no environment " + Quoted.quote(environment) + ".",
                    meant + "Known here: " + String.join(", ", configurations.keySet()) + ".",
                    new Location(fileName, 0, 0))));
        }
        return configuration;
    }

    /**
     * {@return how deployments to one environment wait for one another}
     *
     * @throws ProblemException {@code config.environment} when there is no such environment
     */
    public QueueRules queue(String environment) throws ProblemException {
        return queues.get(configuration(environment).environment());
    }

    /** {@return what holds for every environment but one, in the order of the file} */
    public List<Configuration> others(String environment) {
        return configurations.values().stream()
                .filter(c -> !c.environment().equals(environment))
                .toList();
    }

    private static ProblemException unreadable(String name, String message, String mend) {
        return new ProblemException(List.of(Problem.error("config.file", message, mend, new Location(name, 0, 0))));
    }
}
