package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What deploy.toml says about the checks before a deployment.
 *
 * @param requires what has to be there
 * @param config the file that connects the application to the world; empty for none
 * @param secrets which ones must not be in the environment
 * @param schema the data's schema; empty for none
 * @param api what clients call
 * @param schedule calls that are waiting for the application; empty for none
 * @param development what has to hold of the build
 * @param problems how problems are treated
 */
public record CheckSettings(
        Requirements requires,
        Optional<ConfigFile> config,
        SecretRules secrets,
        Optional<DataSchema> schema,
        List<Api> api,
        Optional<ScheduledCalls> schedule,
        DevelopmentRules development,
        ProblemRules problems) {
    public CheckSettings {
        Objects.requireNonNull(requires, "requires");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(secrets, "secrets");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(development, "development");
        Objects.requireNonNull(problems, "problems");
        api = List.copyOf(api);
    }
}
