package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.ConfigFile;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the files that a connection file has to agree with. */
final class ReferenceFiles {
    private static final Set<Credential.Type> READABLE = Set.of(Credential.Type.FILE, Credential.Type.TEXT);

    private final Current current;
    private final Store store;

    ReferenceFiles(Current current, Store store) {
        this.current = current;
        this.store = store;
    }

    /**
     * A file to agree with.
     *
     * @param name for people, such as {@code v1.2.0 (a1b2c3d), which is current}
     * @param secret whether nothing of it may be shown
     */
    record ReferenceFile(String name, TomlFile file, boolean secret) {}

    /**
     * {@return the references; several when targets differ, none before the first deployment}
     *
     * @param path of the connection file
     * @throws ProblemException when there should be one and it cannot be used
     */
    List<ReferenceFile> read(ConfigFile.Origin from, String path)
            throws ProblemException, IOException, InterruptedException {
        if (from instanceof ConfigFile.SecretFile secret) {
            return List.of(ofHost(secret.id()));
        }
        List<ReferenceFile> references = new ArrayList<>();
        for (Files version : current.versions()) {
            String name = version.version() + ", which is current";
            Optional<TomlFile> file = new ConnectionFile(version, path).content();
            references.add(new ReferenceFile(
                    name,
                    file.orElseThrow(() -> unusable(
                            name + " has no " + path + " that could be compared with: it is missing, empty or no TOML.",
                            "Look at it, or take config.reference out of deploy.toml for this deployment.")),
                    false));
        }
        return references;
    }

    private ReferenceFile ofHost(String id) throws ProblemException {
        String name = "credential \"" + id + "\"";
        Store.Found found = store.look(id, READABLE);
        if (found instanceof Store.Found.Held held
                && held.credential().types().stream().anyMatch(READABLE::contains)
                && !held.credential().secrets().isEmpty()) {
            String text = held.credential().secrets().get(0).reveal();
            TomlFile.Reading reading = TomlFile.read(name, text.getBytes(StandardCharsets.UTF_8));
            if (reading instanceof TomlFile.Reading.Good good) {
                return new ReferenceFile(name, good.file(), true);
            }
            throw unusable(
                    "The reference file in " + name + " is empty or no TOML.",
                    "Put the whole configuration file into the credential.");
        }
        throw unusable(
                "The reference file, " + name + ", cannot be read"
                        + (found instanceof Store.Found.Unusable unusable
                                ? ": " + unusable.message()
                                : " on this host."),
                "Keep it as a secret file, or name another one with config.reference in deploy.toml.");
    }

    private static ProblemException unusable(String message, String mend) {
        return new ProblemException("check.failed", message, mend);
    }
}
