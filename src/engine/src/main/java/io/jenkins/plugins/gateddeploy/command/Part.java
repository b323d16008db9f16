package io.jenkins.plugins.gateddeploy.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** The files that scripts are put together from, each named after what it does. */
enum Part {
    COMMON,
    LOCK,
    TAKEOVER,
    LOOK,
    RENEW,
    UNLOCK,
    BEGIN,
    RECEIVE,
    COMPLETE,
    FETCH,
    SHARE,
    DESCRIBE,
    RUN,
    SUPERVISOR,
    FOLLOW,
    CANCEL,
    SWITCH,
    RETURN,
    END,
    PACK,
    UNPACK,
    PROBE,
    DOCTOR,
    VARIABLES,
    KEEP,
    RESTORE;

    private final String text;

    Part() {
        text = load(name().toLowerCase(Locale.ROOT) + ".sh");
    }

    String text() {
        return text;
    }

    /** Comments stay at home: they would travel with every command. */
    private static String load(String file) {
        try (InputStream in = Part.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
