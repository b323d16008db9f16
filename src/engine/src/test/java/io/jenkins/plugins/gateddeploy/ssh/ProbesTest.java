package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.gateddeploy.target.Probe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Probes probes = new Probes();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.createContext("/health", exchange -> {
            byte[] body = "fine ü".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/health");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    body.write("x".repeat(8192).getBytes(StandardCharsets.UTF_8));
                }
            }
        });
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        end.countDown();
        server.stop(0);
        handlers.shutdownNow();
    }

    @Test
    void bringsStatusAndBody() throws Exception {
        assertThat(get("/health", TIMEOUT)).isEqualTo(new Probe.Answer.Got(503, "fine ü"));
    }

    @Test
    void doesNotFollowRedirects() throws Exception {
        assertThat(get("/moved", TIMEOUT)).isEqualTo(new Probe.Answer.Got(302, ""));
    }

    @Test
    void readsOnlyTheBeginningOfABody() throws Exception {
        assertThat(get("/endless", TIMEOUT)).isEqualTo(new Probe.Answer.Got(200, "x".repeat(64 * 1024)));
    }

    @Test
    void givesUpABodyThatStalls() throws Exception {
        assertThat(get("/stalls", Duration.ofMillis(300)))
                .isEqualTo(new Probe.Answer.Nothing("no answer within 300 ms"));
    }

    @Test
    void connects() throws Exception {
        assertThat(probes.ask(new Probe.Tcp("127.0.0.1", server.getAddress().getPort(), TIMEOUT)))
                .isEqualTo(new Probe.Answer.Got(0, ""));
        assertThat(probes.ask(new Probe.Tcp("localhost", server.getAddress().getPort(), TIMEOUT)))
                .isEqualTo(new Probe.Answer.Got(0, ""));
    }

    @Test
    void saysWhyNothingAnswers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (Probe probe : new Probe[] {
            new Probe.Tcp("127.0.0.1", free, TIMEOUT),
            new Probe.Http(URI.create("http://127.0.0.1:" + free + "/"), TIMEOUT)
        }) {
            assertThat(probes.ask(probe))
                    .isInstanceOfSatisfying(
                            Probe.Answer.Nothing.class,
                            nothing -> assertThat(nothing.message()).isEqualToIgnoringCase("connection refused"));
        }
        assertThat(probes.ask(new Probe.Tcp("no-such-host.invalid", 80, TIMEOUT)))
                .isInstanceOf(Probe.Answer.Nothing.class);
        assertThat(probes.ask(new Probe.Http(URI.create("/no-host"), TIMEOUT)))
                .isInstanceOf(Probe.Answer.Nothing.class);
    }

    @Test
    void doesNotBelieveACertificateThatNobodyVouchesFor(@TempDir Path directory) throws Exception {
        HttpsServer selfSigned = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        selfSigned.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory.resolve("store"))));
        selfSigned.start();
        try {
            URI uri = URI.create("https://localhost:" + selfSigned.getAddress().getPort() + "/");
            assertThat(probes.ask(new Probe.Http(uri, TIMEOUT)))
                    .isInstanceOfSatisfying(
                            Probe.Answer.Nothing.class,
                            nothing ->
                                    assertThat(nothing.message()).contains("unable to find valid certification path"));
        } finally {
            selfSigned.stop(0);
        }
    }

    private static SSLContext selfSigned(Path store) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "password".toCharArray()), "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Probe.Answer get(String path, Duration timeout) throws InterruptedException {
        return probes.ask(new Probe.Http(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path), timeout));
    }
}
