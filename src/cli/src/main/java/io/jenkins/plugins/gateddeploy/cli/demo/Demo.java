package io.jenkins.plugins.gateddeploy.cli.demo;

import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The story: three servers, three versions, one of them bad. */
public final class Demo implements AutoCloseable {
    private static final String ENVIRONMENT = "production";
    /** The exit code of a command that a signal ended. */
    private static final int STOPPED = 4;

    private final PrintStream out;
    private final Style style;
    private final Terminal terminal;
    private final Path directory;
    private final Servers servers;
    private boolean stopped;

    /** Types a command. */
    @FunctionalInterface
    public interface Terminal {
        /** {@return its exit code} */
        int run(String... arguments);
    }

    private Demo(PrintStream out, Style style, Terminal terminal, Path directory, Servers servers) {
        this.out = out;
        this.style = style;
        this.terminal = terminal;
        this.directory = directory;
        this.servers = servers;
    }

    /** {@return the demo with its servers running and its repository made, in a temporary directory} */
    public static Demo start(PrintStream out, Style style, Terminal terminal) throws IOException {
        Path directory = Files.createTempDirectory("gated-deploy-demo-");
        try {
            Servers servers = Servers.start(directory);
            SampleRepository.make(directory.resolve("hello.git"));
            servers.writeAccess(directory);
            Files.writeString(directory.resolve("deploy.toml"), DeployToml.of(directory, servers));
            return new Demo(out, style, terminal, directory, servers);
        } catch (IOException | RuntimeException e) {
            Trees.delete(directory);
            throw e;
        }
    }

    /** {@return 0 when everything went as told, 1 when it did not, 4 when it was stopped} */
    public int play() throws IOException, InterruptedException {
        say("Three SSH servers run inside this process, each with a directory and a web server of its own:");
        servers.all().forEach(server -> out.println("  " + server.name() + "  " + server.directory()));
        say("A git repository has the versions v1, v2 and v3, and a deploy.toml says where they go:");
        Files.readAllLines(directory.resolve("deploy.toml")).forEach(line -> out.println(style.dim("  " + line)));

        boolean asTold = step("The first version goes to all three.", 0, "v1", "deploy", ENVIRONMENT, "--ref", "v1")
                && step(
                        "v2 is broken: its health check fails, so every server returns to v1 by itself.",
                        1,
                        "v1",
                        "deploy",
                        ENVIRONMENT,
                        "--ref",
                        "v2")
                && step("v3 mends it.", 0, "v3", "deploy", ENVIRONMENT, "--ref", "v3")
                && step("Second thoughts: back to v1, in one switch.", 0, "v1", "rollback", ENVIRONMENT)
                && step("What is on the servers:", 0, "v1", "releases", ENVIRONMENT)
                && step("And the history has it all:", 0, "v1", "history");
        return stopped ? STOPPED : asTold ? 0 : 1;
    }

    /** Says how Jenkins deploys to the servers, and keeps them running until the thread is interrupted. */
    public void stay() throws IOException {
        SampleRepository.addJenkins(directory.resolve("hello.git"), DeployToml.forJenkins(directory, servers));
        say("Three SSH servers run inside this process until Ctrl-C. In Jenkins:");
        out.println("  1. Add a credential \"SSH Username with private key\" with the id " + DeployToml.CREDENTIAL
                + ", any user name,");
        out.println("     and the content of this file as its key: " + directory.resolve("key"));
        out.println("  2. Add a job \"Pipeline script from SCM\" with this git repository: "
                + directory.resolve("hello.git").toUri());
        out.println("  3. Build it, and look at what the servers serve:");
        servers.all().forEach(server -> out.println("     " + server.url() + "/"));
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // That is how it ends.
        }
    }

    /** {@return the arguments of a command with the options that the demo's own files need} */
    public String[] withOptions(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", directory.resolve("deploy.toml").toString()));
        all.addAll(List.of("--home", directory.resolve("home").toString()));
        all.addAll(List.of("--identity", directory.resolve("key").toString()));
        all.addAll(List.of("--known-hosts", directory.resolve("known_hosts").toString()));
        return all.toArray(String[]::new);
    }

    private boolean step(String title, int exitCode, String served, String... arguments)
            throws IOException, InterruptedException {
        say(title);
        out.println(style.strong("$ gated-deploy " + String.join(" ", arguments)));
        int got = terminal.run(withOptions(arguments));
        stopped |= got == STOPPED || Thread.interrupted();
        if (stopped) {
            return false;
        }
        boolean right = got == exitCode;
        if (arguments[0].equals("deploy") || arguments[0].equals("rollback")) {
            out.println("exit code " + got);
            for (Server server : servers.all()) {
                String answer = server.ask("/");
                right &= answer.contains(served);
                out.println("  " + server.url() + "/  " + style.good(answer));
            }
        }
        if (!right) {
            out.println(style.bad("This is not what should have happened: exit code " + exitCode + " and " + served
                    + " on every server were expected."));
        }
        return right;
    }

    private void say(String text) {
        out.println();
        out.println(style.strong("== " + text));
    }

    @Override
    public void close() throws IOException {
        servers.close();
        Trees.delete(directory);
    }
}
