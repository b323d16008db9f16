package io.jenkins.plugins.gateddeploy.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * What the host sends back. The host adds what holds for all it sends ({@code X-Content-Type-Options: nosniff}, {@code
 * Cache-Control: no-store}).
 *
 * @param status of HTTP
 * @param contentType with its character set where it has one
 * @param content never null
 */
public record Response(int status, String contentType, Content content) {
    public Response {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(content, "content");
    }

    /** Bytes that are made while they are sent, as a log may be long. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it and leaves the stream open; called once.
         *
         * @throws IOException when it cannot be read or written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    static Response json(int status, Object document) {
        byte[] bytes = Json.bytes(document);
        return new Response(status, "application/json; charset=utf-8", out -> out.write(bytes));
    }

    static Response problem(ProblemReport report) {
        byte[] bytes = Json.bytes(report);
        return new Response(report.status(), "application/problem+json; charset=utf-8", out -> out.write(bytes));
    }
}
