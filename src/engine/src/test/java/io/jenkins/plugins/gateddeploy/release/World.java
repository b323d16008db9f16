package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fleet of real servers, an application in a folder, and a host that deploys the one to the other. Tests of a class
 * share the servers when it registers the world as an extension; {@link #fresh} gives each an application and a place on
 * the servers of its own.
 */
final class World implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, AutoCloseable {
    private final Supplier<Path> directories;
    private final int servers;
    private final List<String> last;
    private Path directory;
    private OpenSshFleet fleet;
    private Host host;
    private int life;

    /**
     * A world that begins with the class that registers it.
     *
     * @param directories names the class's temporary directory, once there is one
     */
    World(Supplier<Path> directories, int servers) {
        this(directories, servers, List.of());
    }

    private World(Supplier<Path> directories, int servers, List<String> last) {
        this.directories = directories;
        this.servers = servers;
        this.last = last;
    }

    /**
     * A world that begins at once; the caller closes it.
     *
     * @param last lines of the last server's configuration
     */
    World(Path directory, int servers, String... last) {
        this(() -> directory, servers, List.of(last));
        begin();
    }

    private void begin() {
        RealPrograms.require("sshd");
        directory = directories.get();
        fleet = OpenSshFleet.start(directory.resolve("fleet"), servers, last);
        host = host("home");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        fresh();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Nothing began where no sshd is installed.
        if (fleet != null) {
            close();
        }
    }

    /** Begins anew, with another application. */
    void fresh() {
        life++;
        host.reset();
    }

    OpenSshFleet fleet() {
        return fleet;
    }

    OpenSshServer server(int server) {
        return fleet.server(server);
    }

    List<Integer> servers() {
        return IntStream.range(0, fleet.servers().size()).boxed().toList();
    }

    /** {@return the name of a target in logs and messages} */
    String name(int server) {
        return fleet.targets().get(server).name();
    }

    /** {@return the usual host} */
    Host host() {
        return host;
    }

    /** {@return a further host; the caller closes it} */
    Host host(String name) {
        return new Host(directory.resolve(name), fleet.knownHosts(), fleet.credential());
    }

    HistoryDatabase history() {
        return host.history();
    }

    /** {@return the last deployment in the usual host's history} */
    DeploymentRecord last() {
        return history().list(Filter.of(appName(), "production", 1)).get(0);
    }

    String log() {
        return host.log();
    }

    /** {@return the usual host, to be asked to behave otherwise} */
    Meddling meddling() {
        return host.meddling();
    }

    /** Writes a file of the application. */
    World file(String name, String text) throws IOException {
        Path file = app().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Path app() {
        return directory.resolve("app-" + life);
    }

    String appName() {
        return "shop" + life;
    }

    /** {@return the application's directory as the servers see it} */
    String base() {
        return fleet.path() + "/srv-" + life;
    }

    /** {@return the application's directory on a server, seen from here} */
    Path on(int server) {
        return fleet.viewFromOutside(server).resolve("srv-" + life);
    }

    Path current(int server) {
        return on(server).resolve("current");
    }

    /** {@return the id of the release that is current on a server; empty for none} */
    String currentRelease(int server) throws IOException {
        return Files.isSymbolicLink(current(server))
                ? Files.readSymbolicLink(current(server)).getFileName().toString()
                : "";
    }

    Path release(int server, String release) {
        return on(server).resolve("releases").resolve(release);
    }

    /** {@return the names of the release directories on a server} */
    List<String> releases(int server) throws IOException {
        return names(on(server).resolve("releases"));
    }

    static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** {@return what a file of the current release holds on each server} */
    List<String> everywhere(String file) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int server : servers()) {
            Path path = current(server).resolve(file);
            texts.add(Files.exists(path) ? Files.readString(path) : "(none)");
        }
        return texts;
    }

    /** {@return every file below the application's directory on a server, with its bytes or where it points} */
    SortedMap<String, String> listing(int server) throws IOException {
        TreeMap<String, String> listing = new TreeMap<>();
        if (!Files.exists(on(server))) {
            return listing;
        }
        try (Stream<Path> files = Files.walk(on(server))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String content = Files.isSymbolicLink(file)
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file)
                                ? "directory"
                                : java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
                listing.put(on(server).relativize(file).toString(), content);
            }
        }
        return listing;
    }

    /** {@return a configuration with the fleet as its targets; the text goes before its environment} */
    Configuration configuration(String sections) throws Exception {
        return configuration(sections, fleet.targets());
    }

    Configuration configuration(String sections, List<Target> targets) throws Exception {
        return DeployFile.parse("deploy.toml", deployToml(sections, targets)).configuration("production");
    }

    String deployToml(String sections, List<Target> targets) {
        String list = targets.stream().map(World::written).collect(Collectors.joining(", "));
        return "app = \"" + appName() + "\"\n"
                + (sections.contains("[release]")
                        ? sections.replace("[release]", "[release]\npath = \"" + base() + "\"")
                        : sections + "\n[release]\npath = \"" + base() + "\"\n")
                + "\n[environments.production]\ntargets = [" + list + "]\n";
    }

    private static String written(Target target) {
        String address = "\"" + target.user() + "@" + target.host() + ":" + target.port() + "\"";
        return target.roles().isEmpty()
                ? address
                : "{ host = " + address + ", roles = ["
                        + target.roles().stream().map(r -> "\"" + r + "\"").collect(Collectors.joining(", ")) + "] }";
    }

    Version version() throws Exception {
        return new FolderSource(app().toString(), List.of("**"), List.of()).read(Clock.systemUTC());
    }

    Result deploy(Configuration configuration) throws Exception {
        return host.deploy(configuration, version());
    }

    /** Deploys and expects it to succeed. */
    Result succeed(Configuration configuration) throws Exception {
        Result result = deploy(configuration);
        assertThat(result.record().state()).as(log()).isEqualTo(State.SUCCEEDED);
        return result;
    }

    /** Deploys a text as {@code version.txt} and expects it to succeed. */
    Result succeed(String text, String sections) throws Exception {
        return file("version.txt", text).succeed(configuration(sections));
    }

    Result rollback(Configuration configuration, String to) throws Exception {
        return host.rollback(configuration, to);
    }

    Deployer deployer() {
        return host.deployer();
    }

    /** {@return what a script prints that runs on a server, as the servers see their files} */
    String run(int server, String script) throws InterruptedException {
        Outcome outcome = host.run(fleet.targets().get(server), script);
        assertThat(outcome.ok()).as(outcome.describe()).isTrue();
        return ((Outcome.Exited) outcome).stdout();
    }

    /** Asserts that nothing half made and no lock is left, and that the journal has an end for every beginning. */
    void assertTidy() throws IOException {
        assertTidy(servers());
    }

    void assertTidy(List<Integer> where) throws IOException {
        for (int server : where) {
            Path own = on(server).resolve(".gated-deploy");
            if (!Files.exists(own)) {
                continue;
            }
            String said = name(server) + "\n" + log();
            assertThat(names(own.resolve("lock"))).as("locks on " + said).isEmpty();
            assertThat(names(own.resolve("incoming"))).as("incoming on " + said).isEmpty();
            assertThat(names(own.resolve("run"))).as("runs on " + said).isEmpty();
            assertThat(names(own))
                    .as("left over on " + said)
                    .isSubsetOf(
                            "about",
                            "incoming",
                            "journal",
                            "kept",
                            "lock",
                            "manifests",
                            "releases.jsonl",
                            "run",
                            "trash");
            assertJournalEnded(own.resolve("journal"), said);
            for (String release : releases(server)) {
                if (ReleaseId.isOne(release)) {
                    assertThat(own.resolve("about/" + release + ".ok"))
                            .as("unproven release on " + said)
                            .exists();
                }
            }
        }
    }

    private static void assertJournalEnded(Path journal, String said) throws IOException {
        if (!Files.exists(journal)) {
            return;
        }
        Set<String> open = new LinkedHashSet<>();
        for (String line : Files.readAllLines(journal)) {
            JournalLine parsed = JournalLine.parse(line).orElseThrow();
            if (parsed.event().equals("begin")) {
                open.add(parsed.deployment());
            } else if (parsed.event().equals("end")) {
                open.remove(parsed.deployment());
            }
        }
        assertThat(open)
                .as("deployments without an end in the journal of " + said)
                .isEmpty();
    }

    @Override
    public void close() {
        host.close();
        fleet.close();
    }
}
