package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A host in a JVM of its own that comes to a certain moment of a deployment, says so, and waits to be killed. */
final class HostProcess {
    /** What it prints then. */
    static final String THERE = "there";

    private HostProcess() {}

    /**
     * Deploys or rolls back until that moment.
     *
     * @param arguments home, known_hosts, private key, user, folder of the application, deploy.toml, what to do ({@code
     *     deploy}, or what to roll back to), the moment
     */
    public static void main(String[] arguments) throws Exception {
        SshCredential credential = new Keys.KeyFile(Path.of(arguments[2]), "").credential(arguments[3]);
        Configuration configuration = DeployFile.parse("deploy.toml", Files.readString(Path.of(arguments[5])))
                .configuration("production");
        try (Host host = new Host(Path.of(arguments[0]), Path.of(arguments[1]), credential)) {
            stop(host, arguments[7]);
            Result result = arguments[6].equals("deploy")
                    ? host.deploy(
                            configuration,
                            new FolderSource(arguments[4], List.of("**"), List.of()).read(Clock.systemUTC()))
                    : host.rollback(configuration, arguments[6]);
            print("ended " + result.record().state() + " " + result.record().message() + "\n" + host.log());
        }
    }

    /** {@return the command line of such a host} */
    static ProcessBuilder builder(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                HostProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void stop(Host host, String moment) {
        int space = moment.indexOf(' ');
        String what = moment.substring(space + 1);
        switch (moment.substring(0, space)) {
            case "before" -> host.meddling().before(what, HostProcess::stay);
            case "after" -> host.meddling().after(what, HostProcess::stay);
            case "amid" ->
                host.meddling().at(what, (commands, real) -> {
                    Map.Entry<Target, Command> first =
                            commands.entrySet().iterator().next();
                    Map<Target, Outcome> outcomes = real.run(Map.of(first.getKey(), first.getValue()));
                    stay();
                    return outcomes;
                });
            case "line" ->
                host.reader(line -> {
                    if (line.text().equals(what)) {
                        stayQuietly();
                    }
                });
            case "bytes" -> host.meddling().payload(p -> new Half(p, Integer.parseInt(what)));
            default -> throw new IllegalArgumentException(moment);
        }
    }

    private static void print(String text) {
        System.out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static void stay() throws InterruptedException {
        print(THERE);
        new CountDownLatch(1).await();
    }

    private static void stayQuietly() {
        try {
            stay();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops in the middle of what is sent. */
    private record Half(Payload payload, int after) implements Payload {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            payload.writeTo(new FilterOutputStream(out) {
                private long sent;

                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    out.flush();
                    sent += length;
                    if (sent > after) {
                        stayQuietly();
                    }
                }
            });
        }

        @Override
        public String describe() {
            return payload.describe();
        }
    }
}
