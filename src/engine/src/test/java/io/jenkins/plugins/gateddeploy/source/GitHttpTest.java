package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over git's smart HTTP protocol (gitprotocol-http(5)), from a server that asks for a login. */
class GitHttpTest {
    @TempDir
    Path folder;

    private SampleRepository sample;
    private HttpServer server;
    private String commit;

    @BeforeEach
    void start() throws IOException {
        sample = SampleRepository.create(folder.resolve("sample.git"));
        commit = sample.file("a", "hello").commit("Hello");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/private.git", this::answer).setAuthenticator(new BasicAuthenticator("git") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals("deploy") && password.equals("s3cret/+:ü");
            }
        });
        server.createContext("/public.git", this::answer);
        server.createContext("/forbidden.git", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        sample.close();
    }

    @Test
    void readsAPublicRepository() throws Exception {
        assertThat(new GitSource(location("public.git"))
                        .resolve("main")
                        .revision()
                        .id())
                .isEqualTo(commit);
    }

    @Test
    void logsInWithTheCredential() throws Exception {
        assertThat(source("deploy", "s3cret/+:ü").resolve("main").revision().id())
                .isEqualTo(commit);
    }

    @Test
    void logsInWithThePasswordInTheUrl() throws Exception {
        String url = "http://deploy:s3cret%2F+%3A%C3%BC@" + host() + "/private.git";

        assertThat(new GitSource(GitLocation.of(url, folder.resolve("cache")))
                        .resolve("main")
                        .revision()
                        .id())
                .isEqualTo(commit);
    }

    @Test
    void saysThatTheLoginWasRefused() {
        assertThatThrownBy(() -> source("deploy", "wrong-password").resolve("main"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("/private.git")
                .hasMessageEndingWith("[source.unauthorized]")
                .hasMessageNotContaining("wrong-password");
        assertThatThrownBy(() -> new GitSource(location("private.git")).resolve("main"))
                .hasMessageEndingWith("[source.unauthorized]");
        assertThatThrownBy(() -> new GitSource(location("forbidden.git")).resolve("main"))
                .hasMessageEndingWith("[source.unauthorized]");
    }

    @Test
    void saysThatThereIsNoSuchRepository() {
        assertThatThrownBy(() -> new GitSource(location("nothing.git")).resolve("main"))
                .hasMessageContaining("There is no git repository at http://" + host() + "/nothing.git")
                .hasMessageEndingWith("[source.unreachable]");
    }

    @Test
    void aCommitThatNoBranchLeadsToIsFetchedByItself() throws Exception {
        String hidden = sample.branch("gone").file("b", "b").commit("Hidden");
        sample.branch("main").deleteRef("refs/heads/gone");

        assertThat(new GitSource(location("public.git"))
                        .resolve(hidden)
                        .revision()
                        .subject())
                .isEqualTo("Hidden");
    }

    @Test
    void aCommitThatNobodyHasIsNotFound() {
        assertThatThrownBy(() -> new GitSource(location("public.git")).resolve("12345678".repeat(5)))
                .hasMessageContaining("There is no branch, tag or commit \"1234")
                .hasMessageEndingWith("[source.not-found]");
    }

    private GitSource source(String user, String password) throws ProblemException {
        return new GitSource(
                location("private.git").withCredential(new GitCredential.UserPassword(user, Secret.of(password))));
    }

    private GitLocation location(String name) {
        return GitLocation.of("http://" + host() + "/" + name, folder.resolve("cache"));
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        UploadPack pack = new UploadPack(sample.repository());
        pack.setBiDirectionalPipe(false);
        pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        boolean advertise = exchange.getRequestURI().getPath().endsWith("/info/refs");
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-git-upload-pack-" + (advertise ? "advertisement" : "result"));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody();
                InputStream in = body(exchange)) {
            if (advertise) {
                PacketLineOut lines = new PacketLineOut(out);
                lines.writeString("# service=git-upload-pack\n");
                lines.end();
                pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            } else {
                pack.upload(in, out, null);
            }
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }
}
