package io.jenkins.plugins.gateddeploy.cli.demo;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers of the demo: three addresses, one port for SSH, one port for the web.
 *
 * @param all in the order of the environment
 */
record Servers(List<Server> all) implements AutoCloseable {
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");
    /** A port that is free at one address is hardly ever taken at its neighbour. */
    private static final int TRIES = 20;

    /** {@return running servers, each with a new directory below this one} */
    static Servers start(Path directory) throws IOException {
        for (int tries = 1; ; tries++) {
            List<Server> started = new ArrayList<>();
            try {
                for (String address : ADDRESSES) {
                    Path own = Files.createDirectories(directory.resolve("server-" + address));
                    started.add(
                            started.isEmpty() ? Server.first(address, own) : Server.like(started.get(0), address, own));
                }
                return new Servers(List.copyOf(started));
            } catch (BindException e) {
                new Servers(started).close();
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Writes the key that all let in, and how they prove who they are. */
    void writeAccess(Path directory) throws IOException {
        SshCredential.PrivateKey key = all.get(0).ssh().credential().keys().get(0);
        Path file = Files.createFile(
                directory.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key.text().reveal());
        List<String> hosts = all.stream()
                .map(server -> "[" + server.address() + "]:" + server.ssh().port() + " "
                        + server.ssh().hostKeyLine())
                .toList();
        Files.write(directory.resolve("known_hosts"), hosts);
    }

    @Override
    public void close() throws IOException {
        for (Server server : all) {
            server.close();
        }
    }
}
