package io.jenkins.plugins.gateddeploy.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The front end's files, as they lie in the console's jar. */
final class Assets {
    private static final String FOLDER = "/META-INF/resources/gated-deploy/";
    /** No dot before or between the folders' names, so that no path leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9-]+/)?[a-z0-9-]+\\.(js|css|svg)");

    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml");

    /**
     * A file.
     *
     * @param contentType with its character set
     * @param bytes all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // made here, read once, compared never
    record Asset(String contentType, byte[] bytes) {}

    private Assets() {}

    /** {@return a file by its path below the folder; empty when there is none} */
    static Optional<Asset> find(String path) throws IOException {
        var matcher = NAME.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new Asset(TYPES.get(matcher.group(1)), in.readAllBytes()));
        }
    }
}
