package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.ConfigFile;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Requirements;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects the values that an environment uses: variables, credentials, files. */
final class Uses {
    private static final int MOST_BYTES = 10 * 1024 * 1024;

    private final Configuration configuration;
    private final Store store;
    private final Files files;
    private final List<Use> uses = new ArrayList<>();
    private final Set<String> unread = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Uses(Configuration configuration, Store store, Files files) {
        this.configuration = configuration;
        this.store = store;
        this.files = files;
    }

    List<Use> all() {
        return List.copyOf(uses);
    }

    /** {@return ids of credentials that the host does not have, or cannot read} */
    Set<String> unread() {
        return unread;
    }

    /** {@return files that could not be looked at} */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Uses variables() {
        configuration.variables().forEach((name, variable) -> {
            if (variable instanceof Variable.Literal literal) {
                uses.add(new Use("the variable " + name, name, literal.value(), false, null));
            } else if (variable instanceof Variable.SecretReference reference) {
                credential("the variable " + name, name, reference.id(), Set.of(Credential.Type.TEXT));
            }
        });
        return this;
    }

    Uses credentials() {
        for (Requirements.Needed needed : configuration.checks().requires().credentials()) {
            String place = "the credential \"" + needed.id() + "\"";
            credential(
                    place, needed.id(), needed.id(), needed.type().map(Set::of).orElse(Set.of()));
        }
        return this;
    }

    private void credential(String place, String name, String id, Set<Credential.Type> wanted) {
        if (!(store.look(id, wanted) instanceof Store.Found.Held held)) {
            unread.add(id);
            return;
        }
        for (Secret secret : held.credential().secrets()) {
            uses.add(new Use(place, name, secret.reveal(), true, null));
        }
    }

    /** Adds the connection file; when it cannot be used, another check says so. */
    Uses connectionFile() throws IOException, ProblemException {
        Optional<ConfigFile> config = configuration.checks().config();
        if (config.isPresent()) {
            new ConnectionFile(files, config.get().file())
                    .content()
                    .map(Use::in)
                    .ifPresent(uses::addAll);
        }
        return this;
    }

    Uses otherFiles() throws IOException, ProblemException {
        for (String path : configuration.checks().secrets().files()) {
            Optional<byte[]> content = files.read(path);
            if (content.isEmpty()) {
                problems.add(Problem.error(
                        "check.failed",
                        "The file " + path
                                + ", in which secrets.files has development credentials looked for, is not in "
                                + files.version() + ".",
                        "Commit it, or take it out of secrets.files."));
            } else if (content.get().length > MOST_BYTES) {
                problems.add(Problem.error(
                        "check.failed",
                        "The file " + path + " has " + content.get().length
                                + " bytes; credentials are looked for in at most 10 MiB.",
                        "Take it out of secrets.files."));
            } else {
                uses.addAll(Use.in(path, new String(content.get(), StandardCharsets.UTF_8)));
            }
        }
        return this;
    }
}
