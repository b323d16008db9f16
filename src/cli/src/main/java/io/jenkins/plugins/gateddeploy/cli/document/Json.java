package io.jenkins.plugins.gateddeploy.cli.document;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes documents. */
public final class Json {
    private Json() {}

    /** Prints one document and a line end. */
    public static void print(PrintStream out, Map<String, Object> document) {
        try {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(document));
        } catch (IOException e) {
            throw new UncheckedIOException("A document made here cannot be written", e);
        }
    }
}
