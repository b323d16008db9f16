package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.history.State;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of an application that a real web server serves from {@code current} while it is deployed. */
class ReadersTest {
    @TempDir
    private Path directory;

    @Test
    void neverMissAFileWhileReleasesChange() throws Exception {
        RealPrograms.require("sshd", "nginx");
        try (World world = new World(directory, 1)) {
            Configuration configuration = world.configuration("");
            world.file("index.html", "release 0");
            assertThat(world.deploy(configuration).record().state()).isEqualTo(State.SUCCEEDED);
            int port = freePort();
            Process nginx = nginx(world.current(0), port);
            try {
                Reader reader = new Reader(URI.create("http://127.0.0.1:" + port + "/index.html"));
                await().atMost(Duration.ofSeconds(20)).until(reader::isServed);
                CompletableFuture<Void> reading = CompletableFuture.runAsync(reader::readUntilStopped);
                for (int release = 1; release <= 5; release++) {
                    world.file("index.html", "release " + release);
                    assertThat(world.deploy(configuration).record().state()).isEqualTo(State.SUCCEEDED);
                    String wanted = "release " + release;
                    await().atMost(Duration.ofSeconds(20)).until(() -> reader.seen.contains(wanted));
                }
                assertThat(world.rollback(configuration, "previous").record().state())
                        .isEqualTo(State.SUCCEEDED);
                reader.stop.set(true);
                reading.join();

                assertThat(reader.bad).isEmpty();
                assertThat(reader.count).hasValueGreaterThan(5);
                Set<String> expected = new TreeSet<>();
                for (int release = 0; release <= 5; release++) {
                    expected.add("release " + release);
                }
                assertThat(reader.seen).isSubsetOf(expected);
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
        }
    }

    /** Asks for one page again and again. */
    private static final class Reader {
        private final HttpClient client = HttpClient.newHttpClient();
        private final HttpRequest request;
        private final Set<String> seen = new ConcurrentSkipListSet<>();
        private final Set<String> bad = new ConcurrentSkipListSet<>();
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicBoolean stop = new AtomicBoolean();

        Reader(URI page) {
            request =
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(20)).build();
        }

        boolean isServed() throws InterruptedException {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        }

        void readUntilStopped() {
            while (!stop.get()) {
                try {
                    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                    (response.statusCode() == 200 ? seen : bad)
                            .add(response.statusCode() == 200 ? response.body() : "status " + response.statusCode());
                    count.incrementAndGet();
                } catch (IOException e) {
                    bad.add(e.toString());
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private Process nginx(Path root, int port) throws IOException {
        Path home = Files.createDirectories(directory.resolve("nginx"));
        Path configuration = home.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server { listen 127.0.0.1:%2$d; root %3$s; }
                }
                """.formatted(home, port, root));
        return new ProcessBuilder(
                        "nginx",
                        "-c",
                        configuration.toString(),
                        "-e",
                        home.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
