package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.config.ConfigFile;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The checks of what connects an environment to the world. */
public final class ConnectionChecks {
    private static final Set<String> DEVELOPMENT = Set.of("development", "dev");

    private ConnectionChecks() {}

    /** {@return those for which deploy.toml gives a reason} */
    public static List<Check> of(Subject subject) {
        return of(subject, Clock.systemUTC());
    }

    static List<Check> of(Subject subject, Clock clock) {
        Configuration configuration = subject.configuration();
        Store store = new Store(subject.credentials());
        List<Check> checks = new ArrayList<>();
        configuration.checks().config().ifPresent(config -> checks.addAll(file(subject, config, store)));
        RequiredCredentials credentials = new RequiredCredentials(configuration, store, clock);
        if (credentials.isNeeded()) {
            checks.add(credentials);
        }
        DevelopmentSecrets secrets = new DevelopmentSecrets(configuration, subject.others(), subject.coming(), store);
        if (secrets.isNeeded()) {
            checks.add(secrets);
        }
        if (!configuration.checks().requires().variables().isEmpty()) {
            checks.add(new RequiredVariables(configuration, subject.remote()));
        }
        return List.copyOf(checks);
    }

    private static List<Check> file(Subject subject, ConfigFile config, Store store) {
        Secrets secrets = new Secrets(subject.configuration(), store);
        ConnectionFile file = new ConnectionFile(subject.coming(), config.file());
        List<Check> checks = new ArrayList<>();
        checks.add(new ReadableFile(file));
        checks.add(new MatchingFile(file, config, new ReferenceFiles(subject.current(), store), secrets));
        if (!config.specific().keys().isEmpty()) {
            Optional<ConnectionFile> development = config.specific()
                    .development()
                    .or(() -> ofDevelopment(subject.others()))
                    .map(path -> new ConnectionFile(subject.coming(), path));
            checks.add(new SpecificValues(file, development, config.specific().keys(), secrets));
        }
        return checks;
    }

    private static Optional<String> ofDevelopment(List<Configuration> others) {
        return others.stream()
                .filter(other -> DEVELOPMENT.contains(other.environment()))
                .findFirst()
                .flatMap(other -> other.checks().config())
                .map(ConfigFile::file);
    }
}
