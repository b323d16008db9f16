package io.jenkins.plugins.gateddeploy.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.console.Console;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.console.Request;
import io.jenkins.plugins.gateddeploy.console.Response;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the console on loopback. */
final class WebServer implements AutoCloseable {
    /** In bytes; what the front end sends has a few hundred. */
    private static final int LARGEST_BODY = 64 * 1024;

    private static final int THREADS = 8;
    /** Nothing inline, nothing from elsewhere; texts never become markup even by a mistake of ours. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'";

    private final HttpServer server;
    private final ExecutorService workers;
    private final Door door;
    private final Frame frame;
    private final Console console;
    private final Live live;
    private final Viewer viewer;

    /**
     * Serves from now on.
     *
     * @param port 0 for any that is free
     * @param live tells pages what has changed; stays open when this is closed
     * @throws IOException when the port cannot be had
     */
    WebServer(int port, Console console, Live live, Viewer viewer) throws IOException {
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        this.server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        this.door = new Door(server.getAddress().getPort());
        this.frame = new Frame(door.crumb());
        this.console = console;
        this.live = live;
        this.viewer = viewer;
        this.workers = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "gated-deploy serve");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** {@return the address that lets in the first who opens it} */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/open?token=" + door.token();
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean staysOpen = false;
        try {
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
            exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            Optional<Request> stream = stream(exchange);
            Optional<Response> refusal = stream.flatMap(live::refusal);
            if (stream.isPresent() && refusal.isEmpty()) {
                ExchangeWire wire = ExchangeWire.begin(exchange);
                staysOpen = true;
                live.open(stream.get(), wire);
            } else {
                send(exchange, refusal.isPresent() ? refusal.get() : answer(exchange));
            }
        } finally {
            if (!staysOpen) {
                exchange.close();
            }
        }
    }

    /** {@return what is asked for if that is a stream, and whoever asks may come in} */
    private Optional<Request> stream(HttpExchange exchange) {
        URI asked = exchange.getRequestURI();
        boolean isForUs = exchange.getRequestMethod().equals("GET")
                && asked.getPath().startsWith("/api/")
                && door.isAddressedHere(exchange.getRequestHeaders())
                && door.isKnown(exchange.getRequestHeaders());
        return isForUs ? Optional.of(request(Request.Method.GET, asked, "")).filter(Live::isWanted) : Optional.empty();
    }

    private Request request(Request.Method method, URI asked, String body) {
        return new Request(
                method,
                Request.path(asked.getRawPath().substring("/api/".length())),
                Request.query(asked.getRawQuery()),
                body,
                viewer);
    }

    private Response answer(HttpExchange exchange) throws IOException {
        if (!door.isAddressedHere(exchange.getRequestHeaders())) {
            return html(421, Frame.sorry("This server answers to 127.0.0.1 and localhost only."));
        }
        String path = exchange.getRequestURI().getPath();
        boolean reads = exchange.getRequestMethod().equals("GET");
        if (reads && path.equals("/open")) {
            return open(exchange);
        }
        if (reads && path.startsWith("/assets/")) {
            return asset(path.substring("/assets/".length()));
        }
        if (!door.isKnown(exchange.getRequestHeaders())) {
            return html(
                    403,
                    Frame.sorry("Open the address that gated-deploy serve printed. It works once; for another browser, "
                            + "start the command again."));
        }
        if (path.startsWith("/api/")) {
            return api(exchange);
        }
        return reads ? page(path) : text(405, "Only GET is possible here.");
    }

    private Response open(HttpExchange exchange) {
        if (door.isKnown(exchange.getRequestHeaders())) {
            return html(200, Frame.welcome());
        }
        String token = Request.query(exchange.getRequestURI().getRawQuery()).getOrDefault("token", "");
        Optional<String> cookie = door.exchange(token);
        cookie.ifPresent(value -> exchange.getResponseHeaders().set("Set-Cookie", value));
        return cookie.isPresent()
                ? html(200, Frame.welcome())
                : html(403, Frame.sorry("This address was used before. Start gated-deploy serve again for another."));
    }

    private static Response asset(String path) throws IOException {
        return Assets.find(path)
                .map(asset -> new Response(200, asset.contentType(), out -> out.write(asset.bytes())))
                .orElseGet(() -> text(404, "There is no such file."));
    }

    private Response page(String path) {
        if (path.equals("/")) {
            return html(200, frame.overview());
        }
        if (path.equals("/deployments") || path.equals("/deployments/")) {
            return html(200, frame.deployments());
        }
        return below("/deployments/", path)
                .map(frame::deployment)
                .or(() -> below("/gates/", path).map(frame::gate))
                .map(page -> html(200, page))
                .orElseGet(() -> html(404, Frame.sorry("There is no such page.")));
    }

    private static Optional<String> below(String prefix, String path) {
        return path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0
                ? Optional.of(path.substring(prefix.length()))
                : Optional.empty();
    }

    private Response api(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("POST")) {
            return text(405, "Only GET and POST are possible here.");
        }
        if (method.equals("POST") && !door.isOurs(exchange.getRequestHeaders())) {
            return text(403, "The crumb is missing or wrong. Load the page again.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return text(413, "The body is too large.");
        }
        return console.answer(request(
                Request.Method.valueOf(method), exchange.getRequestURI(), new String(body, StandardCharsets.UTF_8)));
    }

    private static Response html(int status, String document) {
        return new Response(
                status, "text/html; charset=utf-8", out -> out.write(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static Response text(int status, String text) {
        return new Response(
                status, "text/plain; charset=utf-8", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        // 0: the length is not known before it is written.
        exchange.sendResponseHeaders(response.status(), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            response.content().writeTo(out);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
