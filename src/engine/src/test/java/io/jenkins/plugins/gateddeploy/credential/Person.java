package io.jenkins.plugins.gateddeploy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.gateddeploy.credential.CredentialsFile.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody with a home directory, a file of credentials and variables, who answers questions.
 *
 * @param file of credentials; not there yet
 * @param questions that were asked
 */
record Person(Path file, Path userHome, Map<String, String> environment, List<String> questions) {
    static final String PASSPHRASE = "open sesame";

    static Person in(Path directory) throws IOException {
        Path userHome = Files.createDirectories(directory.resolve("user home"));
        Files.createDirectories(userHome.resolve(".ssh"));
        return new Person(directory.resolve("credentials.toml"), userHome, new HashMap<>(), new ArrayList<>());
    }

    CredentialsFile credentials() {
        return new CredentialsFile(file, new Surroundings(userHome, environment, null, this::answer));
    }

    void write(String toml) throws IOException {
        Files.writeString(file, toml);
        permit(file, "rw-------");
    }

    static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    static void keygen(Path key, String type, String passphrase) throws Exception {
        keygen(key, type, passphrase, List.of());
    }

    static void keygen(Path key, String type, String passphrase, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-q", "-t", type, "-N", passphrase, "-f", key.toString()));
        arguments.addAll(more);
        assertThat(sshKeygen(arguments)).isEmpty();
    }

    static String sshKeygen(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(Boolean.getBoolean("gateddeploy.requireServers"), "ssh-keygen is not installed");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    Secret answer(String question) {
        questions.add(question);
        return Secret.of(PASSPHRASE);
    }
}
