package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.OwnerOnly;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A deployment that a person has asked for on a page and that has not begun: what is needed to go on with it. Holds no
 * secret.
 *
 * @param deployment its id in the history
 * @param last id of the deployment that says where the repository is
 * @param person user id of who asked for it
 * @param purpose what was asked for
 */
public record Errand(String deployment, String last, String person, Purpose purpose) {
    private static final Logger LOGGER = Logger.getLogger(Errand.class.getName());
    private static final String SUFFIX = ".errand";
    private static final String WISH = "wish";
    private static final String GOING_BACK = "back";

    /** What a person asks for. */
    public sealed interface Purpose permits Wish, GoingBack {
        /** {@return as text for a file} */
        String written() throws IOException;
    }

    /** {@return as text for a file} */
    private String written() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("deployment", deployment);
        properties.setProperty("last", last);
        properties.setProperty("person", person);
        properties.setProperty(purpose instanceof Wish ? WISH : GOING_BACK, purpose.written());
        return text(properties);
    }

    static String text(Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    /** {@return what {@link #written} wrote} */
    private static Errand read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new Errand(
                properties.getProperty("deployment", ""),
                properties.getProperty("last", ""),
                properties.getProperty("person", ""),
                properties.containsKey(GOING_BACK)
                        ? GoingBack.read(properties.getProperty(GOING_BACK))
                        : Wish.read(properties.getProperty(WISH, "")));
    }

    /** {@return those that are kept} */
    public static List<Errand> all() throws IOException {
        List<Errand> errands = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(), "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    errands.add(read(Files.readString(file)));
                } catch (IOException | RuntimeException e) {
                    // The others go on.
                    LOGGER.log(Level.WARNING, e, () -> "Cannot read in " + file + " what a person has asked for");
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return errands;
    }

    /** {@return whether Jenkins goes on with a deployment by itself} */
    public static boolean isKept(String deployment) {
        return Files.exists(file(deployment));
    }

    /** @throws IOException when it cannot be written; it must not begin then */
    void keep() throws IOException {
        OwnerOnly.write(file(deployment), written());
    }

    /** Throws it away: the deployment begins, or never will. */
    public static void forget(String deployment) {
        try {
            Files.deleteIfExists(file(deployment));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot delete what is needed no more of a deployment", e);
        }
    }

    private static Path file(String deployment) {
        return directory().resolve(deployment + SUFFIX);
    }

    private static Path directory() {
        return JenkinsHost.get().dockets().resolveSibling("errands");
    }
}
