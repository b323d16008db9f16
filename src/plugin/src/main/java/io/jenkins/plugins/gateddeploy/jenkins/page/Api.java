package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.console.Live;
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
import jenkins.model.Jenkins;
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
        if (method.get() == Request.Method.GET && path(request).equals(List.of("events"))) {
            stream(request, response);
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

    /** No thread waits for the end: the answer is written by others as long as it is open. */
    private void stream(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Viewer viewer = new Viewer(Actors.current(), new ViewingLater(scope, Jenkins.getAuthentication2()));
        Request asked = new Request(Request.Method.GET, path(request), query(request), "", viewer);
        Live live = Consoles.get().live();
        Optional<Response> refusal = live.refusal(asked);
        if (refusal.isPresent() || !request.isAsyncSupported()) {
            send(refusal.orElseGet(Api::cannotStayOpen), response);
        } else {
            live.open(asked, ServletWire.begin(request, response));
        }
    }

    /** Somewhere before us a filter needs its answers whole. Pages ask again and again instead. */
    private static Response cannotStayOpen() {
        return new Response(HttpServletResponse.SC_NOT_IMPLEMENTED, "text/plain", out -> {});
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
