package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * An application in a git repository and real OpenSSH servers that see a file system of their own each. Every file of a
 * version says which one it is, so that a release put together from two would be seen.
 */
final class Shop implements AutoCloseable {
    static final int PAGES = 40;
    private static final PersonIdent AUTHOR = new PersonIdent("Ada Example", "ada@example.org");

    final Path directory;
    final OpenSshFleet fleet;
    private int version;
    private String place = "shop";

    Shop(Path directory, int servers) throws Exception {
        RealPrograms.require("sshd", "ssh");
        this.directory = directory;
        fleet = OpenSshFleet.start(directory.resolve("fleet"), servers);
        Git.init()
                .setDirectory(repository().toFile())
                .setInitialBranch("main")
                .call()
                .close();
    }

    Path repository() {
        return directory.resolve("shop.git");
    }

    Path home() {
        return directory.resolve("home");
    }

    List<Integer> servers() {
        return IntStream.range(0, fleet.servers().size()).boxed().toList();
    }

    /** Deploys to another place on the servers from now on. */
    void place(String name) {
        place = name;
    }

    /** {@return what a script prints that runs on a server, as the server sees its files} */
    String ssh(int server, String script) throws Exception {
        Target target = fleet.targets().get(server);
        Process process = new ProcessBuilder(
                        "ssh",
                        "-n",
                        "-F",
                        "none",
                        "-i",
                        fleet.identity().toString(),
                        "-o",
                        "UserKnownHostsFile=" + fleet.knownHosts(),
                        "-p",
                        String.valueOf(target.port()),
                        target.user() + "@" + target.host(),
                        script)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** {@return the name of a target in logs and messages; the first is 0} */
    String name(int server) {
        return fleet.targets().get(server).name();
    }

    /** {@return the application's directory on a server, seen from here} */
    Path on(int server) {
        return fleet.viewFromOutside(server).resolve(place);
    }

    /** {@return the application's directory as the servers see it} */
    String base() {
        return fleet.path() + "/" + place;
    }

    /** Commits the next version, and {@return what its files say} */
    String commit() throws Exception {
        return commit(0);
    }

    /**
     * Commits the next version, and {@return what its files say}
     *
     * @param noise how many bytes it has besides that differ from version to version
     */
    String commit(int noise) throws Exception {
        String text = "v" + ++version;
        Files.createDirectories(repository().resolve("pages"));
        Files.writeString(repository().resolve("version.txt"), text);
        for (int i = 0; i < PAGES; i++) {
            Files.writeString(repository().resolve("pages/" + i + ".txt"), text);
        }
        byte[] bytes = new byte[noise];
        new Random(version).nextBytes(bytes);
        Files.write(repository().resolve("noise"), bytes);
        try (Git git = Git.open(repository().toFile())) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("Version " + version)
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .setNoVerify(true)
                    .call();
        }
        return text;
    }

    /** Writes deploy.toml with an environment {@code production} of all servers. */
    void configure(String sections) throws IOException {
        configure(sections, fleet.targets().stream().map(Shop::address).toList(), "");
    }

    /** Writes deploy.toml with these targets, and more in the environment. */
    void configure(String sections, List<String> targets, String more) throws IOException {
        Files.writeString(config(), """
                app = "shop"
                [source]
                repository = "%s"
                %s
                [release]
                path = "%s"
                [environments.production]
                targets = [%s]
                %s
                """.formatted(
                        repository(),
                        sections,
                        base(),
                        targets.stream().map(t -> '"' + t + '"').collect(Collectors.joining(", ")),
                        more));
    }

    static String address(Target target) {
        return target.user() + "@" + target.host() + ":" + target.port();
    }

    Path config() {
        return directory.resolve("deploy.toml");
    }

    /** {@return the arguments with the options that fit what is here} */
    String[] options(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        option(all, "--config", config());
        option(all, "--home", home());
        option(all, "--identity", fleet.identity());
        option(all, "--known-hosts", fleet.knownHosts());
        return all.toArray(String[]::new);
    }

    private static void option(List<String> arguments, String name, Path value) {
        if (!arguments.contains(name)) {
            arguments.addAll(List.of(name, value.toString()));
        }
    }

    /** {@return what became of a command that was typed with those options} */
    Given.Ran run(String... arguments) {
        return Given.Ran.of(Map.of(), directory, options(arguments));
    }

    /** Deploys the next version, which must succeed, and {@return what its files say} */
    String succeed() throws Exception {
        String text = commit();
        Given.Ran ran = run("deploy", "production");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return text;
    }

    /** {@return the deployments, the newest first} */
    List<JsonNode> history() throws IOException {
        List<JsonNode> deployments = new ArrayList<>();
        run("history", "--json", "--limit", "100").json().get("deployments").forEach(deployments::add);
        return deployments;
    }

    /** {@return the version that a server serves, which must be whole; empty for none} */
    String served(int server) throws IOException {
        Path link = on(server).resolve("current");
        if (!Files.isSymbolicLink(link)) {
            return "";
        }
        // As a web server does for one request: it may be switched any time.
        Path current = link.toRealPath();
        String text = Files.readString(current.resolve("version.txt"));
        for (int i = 0; i < PAGES; i++) {
            assertThat(current.resolve("pages/" + i + ".txt"))
                    .as("on " + name(server))
                    .hasContent(text);
        }
        return text;
    }

    /** Asserts that every server serves that version, whole, and that nothing is left of a deployment under way. */
    void assertTidy(String text) throws IOException {
        assertTidy(text, servers());
    }

    void assertTidy(String text, List<Integer> where) throws IOException {
        for (int server : where) {
            assertThat(served(server)).as("served by " + name(server)).isEqualTo(text);
            Path own = on(server).resolve(".gated-deploy");
            for (String folder : List.of("lock", "incoming", "run")) {
                assertThat(names(own.resolve(folder)))
                        .as(folder + " of " + name(server))
                        .isEmpty();
            }
            for (String release : names(on(server).resolve("releases"))) {
                assertThat(own.resolve("about/" + release + ".ok"))
                        .as("unproven release on " + name(server))
                        .exists();
            }
        }
    }

    /** {@return what a server says of the deployments that ended there, the oldest first} */
    List<JsonNode> ended(int server) throws IOException {
        Path file = on(server).resolve(".gated-deploy/releases.jsonl");
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() {
        fleet.close();
    }
}
