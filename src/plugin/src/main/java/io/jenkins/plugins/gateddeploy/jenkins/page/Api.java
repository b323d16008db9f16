package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.console.Request;
import io.jenkins.plugins.gateddeploy.console.Response;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The console's API below the address of a page. */
public final class Api {
    /** In bytes; what the front end sends has a few hundred. */
    private static final int LARGEST_BODY = 64 * 1024;

    private final Scope scope;

    /** @param scope what the page is about */
    Api(Scope scope) {
        this.scope = scope;
    }

    /**
     * Answers whatever is asked here. A change is asked for by POST with JSON, which no other site's form can send, and
     * Jenkins' own filter has compared its crumb by now.
     */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        scope.check();
        Optional<Request.Method> method = method(request);
        if (method.isEmpty()) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        if (method.get() == Request.Method.POST && !isJson(request)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        Viewer viewer = new Viewer(Actors.current(), scope.viewing());
        send(
                Consoles.get()
                        .of(scope)
                        .answer(new Request(
                                method.get(),
                                path(request),
                                query(request),
                                new String(body, StandardCharsets.UTF_8),
                                viewer)),
                response);
    }

    private static Optional<Request.Method> method(StaplerRequest2 request) {
        return Stream.of(Request.Method.values())
                .filter(m -> m.name().equals(request.getMethod()))
                .findFirst();
    }

    private static boolean isJson(StaplerRequest2 request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        return type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    /** From what was sent: a slash inside a part is written as %2F. */
    private static List<String> path(StaplerRequest2 request) {
        String rest = request.getOriginalRestOfPath();
        return Request.path(rest.startsWith("/") ? rest.substring(1) : rest);
    }

    /** Only of the address, so that the body is left to be read. */
    private static Map<String, String> query(StaplerRequest2 request) {
        return Request.query(request.getQueryString());
    }

    private static void send(Response answer, StaplerResponse2 response) throws IOException {
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        answer.content().writeTo(response.getOutputStream());
    }
}
