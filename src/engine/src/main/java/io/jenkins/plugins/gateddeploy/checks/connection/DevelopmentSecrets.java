package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.ConfigFile;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.SecretRules;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code credential.development}: whether an environment on which people depend uses a secret of another environment, a
 * key of a provider's test mode, or something on its own deny list.
 */
final class DevelopmentSecrets implements Check {
    private static final Set<String> LIVE_NAMES = Set.of("production", "prod", "live");

    /** What is shorter is the same by chance. */
    private static final int SHORTEST = 6;

    private final Configuration configuration;
    private final List<Configuration> others;
    private final Files files;
    private final Store store;
    private final SecretRules rules;

    DevelopmentSecrets(Configuration configuration, List<Configuration> others, Files files, Store store) {
        this.configuration = configuration;
        this.others = others;
        this.files = files;
        this.store = store;
        this.rules = configuration.checks().secrets();
    }

    /** {@return whether there is anything that must not be in this environment} */
    boolean isNeeded() {
        return isLive(configuration) || !rules.deny().isEmpty();
    }

    @Override
    public String about() {
        return "secrets of development";
    }

    @Override
    public List<Problem> find() throws IOException, ProblemException {
        Uses own = new Uses(configuration, store, files)
                .variables()
                .credentials()
                .connectionFile()
                .otherFiles();
        List<Problem> problems = new ArrayList<>(own.problems());
        Fingerprints fingerprints = new Fingerprints();
        List<Forbidden> forbidden = new ArrayList<>(denied(fingerprints, problems));
        if (isLive(configuration)) {
            TestKeys testKeys = testKeys();
            forbidden.add(use ->
                    testKeys.in(use.value()).map(shape -> "holds " + shape.what() + " (" + shape.provider() + ")"));
            Map<String, String> foreign = foreign(fingerprints, problems);
            forbidden.add(use -> Optional.ofNullable(
                            isTooShort(use.value()) ? null : foreign.get(fingerprints.of(use.value())))
                    .map(where -> "holds the same secret as " + where));
        }
        own.all().stream()
                .filter(use -> !rules.shared().contains(use.name()))
                .forEach(use -> forbidden.stream()
                        .flatMap(f -> f.why(use).stream())
                        .findFirst()
                        .ifPresent(why -> problems.add(problem(use, why))));
        return problems;
    }

    /** Something that must not be used. */
    @FunctionalInterface
    private interface Forbidden {
        /** {@return the sentence after the place, without the value; empty when it may be used} */
        Optional<String> why(Use use);
    }

    private Problem problem(Use use, String why) {
        String place =
                Character.toUpperCase(use.place().charAt(0)) + use.place().substring(1);
        return Problem.error(
                "credential.development",
                place + " " + why + ".",
                "Use " + configuration.environment()
                        + "'s own, or name it in secrets.shared when it really is the same everywhere.",
                use.where());
    }

    private List<Forbidden> denied(Fingerprints fingerprints, List<Problem> problems) {
        List<Forbidden> denied = new ArrayList<>();
        Secrets secrets = new Secrets(configuration, store);
        for (Variable entry : rules.deny()) {
            if (entry instanceof Variable.Literal literal) {
                TextPattern pattern = new TextPattern(literal.value());
                denied.add(use -> pattern.matches(use.value().strip())
                        ? Optional.of("holds what secrets.deny in deploy.toml forbids")
                        : Optional.empty());
            } else if (entry instanceof Variable.SecretReference reference) {
                String id = reference.id();
                secrets.text(id)
                        .map(secret -> fingerprints.of(secret.reveal()))
                        .ifPresentOrElse(
                                print -> denied.add(use -> sameAs(id, print.equals(fingerprints.of(use.value())))),
                                () -> problems.add(unreadable(id)));
            }
        }
        return denied;
    }

    private static Optional<String> sameAs(String id, boolean same) {
        return same
                ? Optional.of("holds the same secret as the credential \"" + id
                        + "\", which secrets.deny in deploy.toml forbids")
                : Optional.empty();
    }

    private static Problem unreadable(String id) {
        return Problem.error(
                "check.failed",
                "The credential \"" + id + "\", which secrets.deny names, is no secret text that this host can read, so"
                        + " nothing can be compared with it.",
                "Add it, or take it out of secrets.deny.");
    }

    private TestKeys testKeys() throws IOException, ProblemException {
        if (rules.testKeys().isEmpty()) {
            return TestKeys.known();
        }
        String path = rules.testKeys().get();
        byte[] bytes = files.read(path)
                .orElseThrow(() -> new ProblemException(
                        "check.failed",
                        "The file with shapes of test keys, " + path + ", is not in " + files.version() + ".",
                        "Commit it, or take secrets.test_keys out of deploy.toml."));
        return TestKeys.known().and(TestKeys.read(path, bytes));
    }

    /** {@return where other environments use secrets, by their fingerprints} */
    private Map<String, String> foreign(Fingerprints fingerprints, List<Problem> problems)
            throws IOException, ProblemException {
        Map<String, String> foreign = new HashMap<>();
        Optional<String> ownFile = configuration.checks().config().map(ConfigFile::file);
        for (Configuration other : others) {
            if (isLive(other)) {
                continue;
            }
            Uses uses = new Uses(other, store, files).variables().credentials();
            if (!other.checks().config().map(ConfigFile::file).equals(ownFile)) {
                uses.connectionFile();
            }
            uses.all().stream()
                    .filter(use -> use.secret() || Veil.isSecretName(use.name()))
                    .filter(use -> !isTooShort(use.value()))
                    .forEach(use -> foreign.putIfAbsent(
                            fingerprints.of(use.value()), use.place() + " of " + other.environment()));
            if (!uses.unread().isEmpty()) {
                problems.add(Problem.warning(
                        "credential.development",
                        "Secrets of " + other.environment()
                                + " cannot be read here, so nothing was compared with them: "
                                + String.join(", ", uses.unread()) + ".",
                        ""));
            }
        }
        return foreign;
    }

    private static boolean isTooShort(String value) {
        return value.strip().length() < SHORTEST;
    }

    /** {@return whether people depend on it: as deploy.toml says, else when its name says so} */
    private static boolean isLive(Configuration configuration) {
        return configuration.checks().secrets().live().orElseGet(() -> {
            String name = configuration.environment().toLowerCase(Locale.ROOT);
            for (String word : name.split("[-_.]", -1)) {
                if (LIVE_NAMES.contains(word)) {
                    return true;
                }
            }
            return false;
        });
    }
}
