package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.jenkins.host.OwnerOnly;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Dockets as files, one each. One is written before its deployment touches anything, and kept until that has ended, and
 * its build has: a step that is resumed must find it also when the deployment itself has long ended.
 *
 * @param directory made when it is needed, for the account of Jenkins alone
 */
record Dockets(Path directory) {
    private static final Logger LOGGER = Logger.getLogger(Dockets.class.getName());
    private static final String SUFFIX = ".docket";

    /** Writes one, whole or not at all. */
    void keep(Docket docket) {
        Properties properties = new Properties();
        properties.setProperty("deployment", docket.deployment());
        properties.setProperty("build", docket.origin().build());
        properties.setProperty("step", docket.origin().step());
        properties.setProperty("environment", docket.environment());
        properties.setProperty("file", docket.file());
        properties.setProperty("text", docket.text());
        properties.setProperty("agent", docket.start().agent());
        properties.setProperty("label", docket.start().label());
        try {
            StringWriter text = new StringWriter();
            properties.store(text, null);
            OwnerOnly.write(file(docket.deployment()), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write down in " + directory + " what a deployment needs after a crash: " + e.getMessage(),
                    e);
        }
    }

    /** {@return all that are kept} */
    List<Docket> all() {
        List<Docket> dockets = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(SUFFIX)) {
                    dockets.add(read(file));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + directory + ": " + e.getMessage(), e);
        }
        return dockets;
    }

    /** {@return those of one build} */
    List<Docket> of(String build) {
        return all().stream().filter(d -> d.origin().build().equals(build)).toList();
    }

    void forget(String deployment) {
        try {
            Files.deleteIfExists(file(deployment));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot delete a docket that nobody needs any more", e);
        }
    }

    private static Docket read(Path file) throws IOException {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Docket(
                of(properties, "deployment"),
                new Docket.Origin(of(properties, "build"), of(properties, "step")),
                of(properties, "environment"),
                of(properties, "file"),
                of(properties, "text"),
                new Start(of(properties, "agent"), of(properties, "label")));
    }

    private static String of(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key)).orElse("");
    }

    private Path file(String deployment) {
        return directory.resolve(deployment + SUFFIX);
    }
}
