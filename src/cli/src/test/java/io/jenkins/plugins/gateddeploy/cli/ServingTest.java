package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.cli.host.Home;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.serve.Serving;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into the console of a laptop, and that it reaches real servers; spoken to in plain HTTP. */
class ServingTest {
    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Given given;
    private Host host;
    private Serving serving;
    private URI address;

    @BeforeEach
    void serve() throws Exception {
        given = new Given(directory, 2);
        given.configure("");
        host = new Host(new Host.Setup(
                new Home(directory.resolve("home")),
                Optional.of(directory.resolve("key")),
                Optional.of(directory.resolve("known_hosts")),
                directory,
                Map.of(),
                "gated-deploy serve"));
        serving = Serving.start(host, given.config(), directory, 0, host.teller(told::add));
        address = URI.create(serving.address());
    }

    @AfterEach
    void stop() throws Exception {
        serving.close();
        host.close();
        given.close();
    }

    /** What came back, as it came. */
    private record Answer(int status, String head, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    /** Java's own clients let nobody choose the Host header. */
    private Answer send(String method, String path, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.0\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (InputStream in = socket.getInputStream()) {
                in.transferTo(all);
            }
            String text = all.toString(StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }
    }

    private String here() {
        return "Host: 127.0.0.1:" + address.getPort() + "\r\n";
    }

    private Answer get(String path, String headers) throws IOException {
        return send("GET", path, here() + headers, "");
    }

    private String open() {
        return address.getPath() + "?" + address.getQuery();
    }

    /** {@return the header that lets in, after the token was used} */
    private String enter() throws IOException {
        Answer answer = get(open(), "");
        Matcher cookie = Pattern.compile("(?i)Set-cookie: ([^;]+);(.*)").matcher(answer.head());
        assertThat(cookie.find()).as(answer.head()).isTrue();
        assertThat(cookie.group(2)).contains("HttpOnly").contains("SameSite=Strict");
        return "Cookie: " + cookie.group(1) + "\r\n";
    }

    private String crumb(String cookie) throws IOException {
        Matcher crumb = Pattern.compile("data-crumb=\"([0-9a-f]+)\"")
                .matcher(get("/", cookie).body());
        assertThat(crumb.find()).isTrue();
        return "Gated-Deploy-Crumb: " + crumb.group(1) + "\r\n";
    }

    @Test
    void letsInWhoBringsTheTokenOnce() throws Exception {
        assertThat(get("/", "").status()).isEqualTo(403);
        assertThat(get("/api/deployments", "").status()).isEqualTo(403);
        assertThat(get("/open?token=", "").status()).isEqualTo(403);
        assertThat(get("/open?token=0000", "").status()).isEqualTo(403);

        String cookie = enter();

        assertThat(get(open(), "").status()).isEqualTo(403);
        assertThat(get(open(), cookie).status()).isEqualTo(200);
        assertThat(get("/", cookie).status()).isEqualTo(200);
        assertThat(get("/api/deployments", cookie).json().get("deployments")).isEmpty();
        assertThat(get("/", cookie.strip() + "0\r\n").status()).isEqualTo(403);
    }

    @Test
    void turnsAwayWhoCallsThisServerByAnotherName() throws Exception {
        String cookie = enter();
        for (String name : new String[] {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"}) {
            assertThat(send("GET", "/", "Host: " + name + "\r\n" + cookie, "").status())
                    .as(name)
                    .isEqualTo(421);
        }
        assertThat(send("GET", "/", cookie, "").status()).isEqualTo(421);
        assertThat(send("GET", "/", "Host: localhost:" + address.getPort() + "\r\n" + cookie, "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void changesNothingWithoutTheCrumbOfItsOwnPages() throws Exception {
        String cookie = enter();
        String path = "/api/environments/shop/production/rollbacks";
        String crumb = crumb(cookie);

        assertThat(send("POST", path, here() + cookie, "{}").status()).isEqualTo(403);
        assertThat(send("POST", path, here() + cookie + "Gated-Deploy-Crumb: 0\r\n", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(send("POST", path, here() + crumb, "{}").status()).isEqualTo(403);
        assertThat(send("POST", path, here() + cookie + crumb + "Sec-Fetch-Site: cross-site\r\n", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(send("POST", path, here() + cookie + crumb, "{}").status()).isEqualTo(400);
        assertThat(send("DELETE", path, here() + cookie + crumb, "").status()).isEqualTo(405);
    }

    @Test
    void handsOutTheFrontEndAndNothingElseOfTheJar() throws Exception {
        Answer script = get("/assets/main.js", "");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.head())
                .containsIgnoringCase("text/javascript")
                .containsIgnoringCase("nosniff")
                .contains("default-src 'none'")
                .doesNotContain("unsafe-inline");
        assertThat(get("/assets/lib/preact.js", "").status()).isEqualTo(200);
        for (String path : new String[] {
            "../../MANIFEST.MF",
            "%2e%2e/%2e%2e/MANIFEST.MF",
            "lib/../main.js",
            "lib/preact.LICENSE",
            "",
            "lib/",
            "none.js"
        }) {
            assertThat(get("/assets/" + path, "").status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void rollsBackRealServersFromItsApi() throws Exception {
        assertThat(given.run("deploy", "production").code()).isZero();
        given.commit("v2", "Second page");
        assertThat(given.run("deploy", "production", "--ref", "v2").code()).isZero();
        String cookie = enter();
        String path = "/api/environments/shop/production/rollbacks";
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> get(path, cookie).json().at("/look/state").asText().equals("DONE"));
        JsonNode list = get(path, cookie).json();
        assertThat(list.at("/candidates/0/deployment/version/tag").asText()).isEqualTo("v2");
        assertThat(list.at("/candidates/1/files").asText()).isEqualTo("ALL");
        String release = list.at("/candidates/1/deployment/version/release").asText();

        Answer begun = send("POST", path, here() + cookie + crumb(cookie), "{\"release\":\"" + release + "\"}");

        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        String id = begun.json().at("/deployment/id").asText();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> get("/api/deployments/" + id, cookie)
                        .json()
                        .at("/deployment/ended")
                        .asBoolean());
        assertThat(get("/api/deployments/" + id, cookie)
                        .json()
                        .at("/deployment/state")
                        .asText())
                .isEqualTo("SUCCEEDED");
        assertThat(Files.readString(given.current(1).resolve("index.html")).strip())
                .isEqualTo("v1");
        assertThat(get("/api/deployments/" + id + "/log", cookie).body()).contains("Switched to " + release);
    }

    @Test
    void saysSoWhenThePortIsTaken() {
        assertThatThrownBy(
                        () -> Serving.start(host, given.config(), directory, address.getPort(), host.teller(told::add)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Port " + address.getPort())
                .hasMessageContaining("--port");
    }
}
