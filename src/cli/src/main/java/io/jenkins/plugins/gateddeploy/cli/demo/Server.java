package io.jenkins.plugins.gateddeploy.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One server: SSH to deploy over, and a web server that serves what is current.
 *
 * @param address a loopback address of its own
 * @param directory what it takes for its whole disk
 * @param ssh running
 * @param web running
 */
record Server(String address, Path directory, EmbeddedServer ssh, HttpServer web) implements AutoCloseable {
    /** Where the application is, on the server's disk. */
    static final String APPLICATION = "srv/hello";

    static Server first(String address, Path directory) throws IOException {
        return of(address, directory, EmbeddedServer.start(directory), 0);
    }

    /** {@return a server with the ports of another one} */
    static Server like(Server other, String address, Path directory) throws IOException {
        EmbeddedServer ssh = EmbeddedServer.start(address, directory, other.ssh());
        return of(address, directory, ssh, other.web().getAddress().getPort());
    }

    private static Server of(String address, Path directory, EmbeddedServer ssh, int webPort) throws IOException {
        try {
            HttpServer web = HttpServer.create(new InetSocketAddress(address, webPort), 0);
            Path current = directory.resolve(APPLICATION).resolve("current");
            web.createContext("/health", exchange -> serve(exchange, current.resolve("health"), true));
            web.createContext("/", exchange -> serve(exchange, current.resolve("index.html"), false));
            web.start();
            return new Server(address, directory, ssh, web);
        } catch (IOException e) {
            ssh.close();
            throw e;
        }
    }

    private static void serve(HttpExchange exchange, Path file, boolean health) throws IOException {
        try (exchange) {
            boolean there = Files.exists(file);
            byte[] body = there ? Files.readAllBytes(file) : "nothing here yet\n".getBytes(StandardCharsets.UTF_8);
            boolean well = there && (!health || new String(body, StandardCharsets.UTF_8).startsWith("ok"));
            exchange.sendResponseHeaders(well ? 200 : there ? 500 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** {@return as deploy.toml and the log call it} */
    String name() {
        return ssh.target().name();
    }

    String url() {
        return "http://" + address + ":" + web.getAddress().getPort();
    }

    /** {@return what the web server says} */
    String ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }

    @Override
    public void close() throws IOException {
        web.stop(0);
        ssh.close();
    }
}
