package io.jenkins.plugins.gateddeploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.cli.terminal.Screen;
import io.jenkins.plugins.gateddeploy.embedded.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;

/** An application in a git repository, servers to deploy it to, and somebody who types commands. */
final class Given implements AutoCloseable {
    private static final PersonIdent AUTHOR = new PersonIdent("Ada Example", "ada@example.org");
    static final String PATH = EmbeddedServer.ROOT + "/srv/shop";

    final Path directory;
    final List<EmbeddedServer> servers = new ArrayList<>();

    Given(Path directory, int count) throws Exception {
        this.directory = directory;
        for (int i = 1; i <= count; i++) {
            Path disk = Files.createDirectories(disk(i));
            servers.add(servers.isEmpty() ? EmbeddedServer.start(disk) : EmbeddedServer.start(disk, servers.get(0)));
        }
        Files.createFile(
                directory.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                directory.resolve("key"),
                servers.get(0).credential().keys().get(0).text().reveal());
        Files.write(
                directory.resolve("known_hosts"),
                servers.stream()
                        .map(s -> "[127.0.0.1]:" + s.port() + " " + s.hostKeyLine())
                        .toList());
        try (Git git = Git.init()
                .setDirectory(repository().toFile())
                .setInitialBranch("main")
                .call()) {
            assert git != null;
        }
        commit("v1", "First page");
    }

    /** {@return the directory that a server takes for its disk; the first is 1} */
    Path disk(int server) {
        return directory.resolve("disk-" + server);
    }

    Path current(int server) {
        return disk(server).resolve("srv/shop/current");
    }

    Path repository() {
        return directory.resolve("shop.git");
    }

    /** Adds a commit with a tag; its page says the tag. */
    void commit(String tag, String subject) throws Exception {
        Files.writeString(repository().resolve("index.html"), tag + "\n");
        try (Git git = Git.open(repository().toFile())) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage(subject)
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .setNoVerify(true)
                    .call();
            git.tag().setName(tag).setAnnotated(false).setSigned(false).call();
        }
    }

    /** Writes deploy.toml with an environment {@code production} of all servers. */
    void configure(String more) throws IOException {
        String targets =
                servers.stream().map(s -> "\"demo@127.0.0.1:" + s.port() + "\"").collect(Collectors.joining(", "));
        Files.writeString(config(), """
                app = "shop"
                [source]
                repository = "%s"
                [release]
                path = "%s"
                [environments.production]
                targets = [%s]
                %s
                """.formatted(repository(), PATH, targets, more));
    }

    Path config() {
        return directory.resolve("deploy.toml");
    }

    /** {@return the arguments with the options that fit what is given} */
    String[] options(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--config",
                config().toString(),
                "--home",
                directory.resolve("home").toString(),
                "--identity",
                directory.resolve("key").toString(),
                "--known-hosts",
                directory.resolve("known_hosts").toString()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** {@return what became of a command that was typed with those options} */
    Ran run(String... arguments) {
        return Ran.of(Map.of(), directory, options(arguments));
    }

    @Override
    public void close() throws IOException {
        for (EmbeddedServer server : servers) {
            server.close();
        }
    }

    /**
     * A command that has ended.
     *
     * @param code its exit code
     * @param out what it printed
     * @param err what it complained of
     */
    record Ran(int code, String out, String err) {

        static Ran of(Map<String, String> environment, Path userHome, String... arguments) {
            return of(environment, userHome, Screen.none(), arguments);
        }

        static Ran of(Map<String, String> environment, Path userHome, Screen screen, String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Cli.run(
                    new Outside(
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            environment,
                            screen,
                            userHome),
                    arguments);
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /** {@return the one document on standard output} */
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }
}
