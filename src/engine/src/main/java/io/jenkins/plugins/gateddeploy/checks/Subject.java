package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What there is to look at.
 *
 * @param configuration of the environment that is to be deployed to
 * @param others the other environments of the same deploy.toml
 * @param revision the version to come
 * @param coming its files
 * @param current what it replaces
 * @param repository where the application's commits are; empty when only folders are deployed
 * @param credentials the host's
 * @param remote the targets
 * @param development how the version came about
 */
public record Subject(
        Configuration configuration,
        List<Configuration> others,
        Revision revision,
        Files coming,
        Current current,
        Optional<GitSource> repository,
        Credentials credentials,
        Remote remote,
        Development development) {
    public Subject {
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(coming, "coming");
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(development, "development");
        others = List.copyOf(others);
    }
}
