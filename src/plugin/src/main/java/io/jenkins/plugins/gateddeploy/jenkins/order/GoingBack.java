package io.jenkins.plugins.gateddeploy.jenkins.order;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * What a person asks for on a page who wants an earlier release back. Holds no secret.
 *
 * @param release which, as the engine takes it
 * @param undo whether what tasks of later releases did is taken back first
 * @param reason why; may be empty
 * @param targets names of the only targets to work on; empty for all
 */
public record GoingBack(String release, boolean undo, String reason, List<String> targets) implements Errand.Purpose {
    public GoingBack {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(reason, "reason");
        targets = List.copyOf(targets);
    }

    @Override
    public String written() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("release", release);
        properties.setProperty("undo", String.valueOf(undo));
        properties.setProperty("reason", reason);
        properties.setProperty("targets", String.join("\n", targets));
        return Errand.text(properties);
    }

    /** {@return what {@link #written} wrote} */
    static GoingBack read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new GoingBack(
                properties.getProperty("release", ""),
                Boolean.parseBoolean(properties.getProperty("undo")),
                properties.getProperty("reason", ""),
                properties.getProperty("targets", "").lines().toList());
    }
}
