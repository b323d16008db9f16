package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.config.ConfigFile;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Requirements;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code credential.missing}, {@code credential.unusable}: whether the host has every credential that the environment
 * names, of the right type, and not past its end. Logging in with the SSH one is another check.
 */
final class RequiredCredentials implements Check {
    /** An end that is nearer than this is worth a warning. */
    private static final Duration SOON = Duration.ofDays(7);

    private final Configuration configuration;
    private final Store store;
    private final Clock clock;

    RequiredCredentials(Configuration configuration, Store store, Clock clock) {
        this.configuration = configuration;
        this.store = store;
        this.clock = clock;
    }

    /**
     * A credential that something needs.
     *
     * @param types one of which it has to have; empty when any will do
     * @param by what needs it, for people
     */
    private record Need(String id, Set<Credential.Type> types, String by) {}

    /** {@return whether the environment names any} */
    boolean isNeeded() {
        return !needs().isEmpty();
    }

    @Override
    public String about() {
        return "credentials";
    }

    @Override
    public List<Problem> find() {
        List<Problem> problems = new ArrayList<>();
        for (Need need : needs()) {
            judge(need).ifPresent(problems::add);
        }
        return problems;
    }

    private List<Need> needs() {
        List<Need> needs = new ArrayList<>();
        for (Requirements.Needed needed : configuration.checks().requires().credentials()) {
            needs.add(new Need(
                    needed.id(), needed.type().map(Set::of).orElse(Set.of()), "requires.credentials in deploy.toml"));
        }
        configuration.variables().forEach((name, variable) -> {
            if (variable instanceof Variable.SecretReference reference) {
                needs.add(new Need(reference.id(), EnumSet.of(Credential.Type.TEXT), "the variable " + name));
            }
        });
        configuration.checks().config().flatMap(ConfigFile::reference).ifPresent(reference -> {
            if (reference.from() instanceof ConfigFile.SecretFile secret) {
                needs.add(new Need(
                        secret.id(),
                        EnumSet.of(Credential.Type.FILE, Credential.Type.TEXT),
                        "config.reference in deploy.toml"));
            }
        });
        return needs;
    }

    private Optional<Problem> judge(Need need) {
        String named = "The credential \"" + need.id() + "\", which " + need.by() + " names, ";
        Store.Found found = store.look(need.id(), need.types());
        if (found instanceof Store.Found.Missing) {
            return Optional.of(Problem.error(
                    "credential.missing",
                    named + "is not on this host.",
                    "Add it where the host keeps credentials, or correct the id."));
        }
        if (found instanceof Store.Found.Unusable unusable) {
            return Optional.of(Problem.error(
                    "credential.unusable",
                    named + "cannot be read: " + unusable.message().replaceFirst("\\.$", "") + ".",
                    "Look at it where the host keeps credentials, and replace it there."));
        }
        return judge(need, named, ((Store.Found.Held) found).credential());
    }

    private Optional<Problem> judge(Need need, String named, Credential credential) {
        boolean fits = need.types().isEmpty() || need.types().stream().anyMatch(credential.types()::contains);
        if (!fits) {
            String wanted = need.types().stream().map(Credential.Type::words).collect(Collectors.joining(" or "));
            return Optional.of(Problem.error(
                    "credential.unusable",
                    named + "should be " + wanted + ", but is " + credential.description() + ".",
                    "Name another one, or make one of that type."));
        }
        boolean empty = !credential.secrets().isEmpty()
                && credential.secrets().stream().allMatch(s -> s.reveal().isBlank());
        if (empty) {
            return Optional.of(Problem.error(
                    "credential.unusable", named + "is empty.", "Enter the secret where the host keeps it."));
        }
        return EndOfValidity.of(credential).flatMap(end -> judge(named, end));
    }

    private Optional<Problem> judge(String named, Instant end) {
        Instant now = clock.instant();
        if (!end.isAfter(now)) {
            return Optional.of(Problem.error("credential.unusable", named + "expired on " + end + ".", "Renew it."));
        }
        if (end.isBefore(now.plus(SOON))) {
            return Optional.of(
                    Problem.warning("credential.unusable", named + "expires on " + end + ".", "Renew it soon."));
        }
        return Optional.empty();
    }
}
