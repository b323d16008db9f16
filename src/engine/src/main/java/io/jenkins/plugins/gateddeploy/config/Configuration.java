package io.jenkins.plugins.gateddeploy.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What deploy.toml says for one environment, complete: recipe and overrides are merged, defaults are filled in.
 *
 * @param app the application's name
 * @param environment the environment's name
 * @param source where the files come from
 * @param release where they go
 * @param variables by name, in the order of the names
 * @param tasks in the order in which they run: all of {@code prepare}, then all of {@code switched}
 * @param health how to tell that the new release works; empty to take a deployment for good once it has switched
 * @param targets at least one, in the order of the file
 * @param credentials id of the SSH credential; empty for the host's default
 * @param branch what is deployed when nobody names a reference
 * @param onFailure what happens to targets already switched when one fails
 * @param ssh limits of the connections
 * @param approval who has to approve before this environment is deployed to; empty when nobody has to
 * @param checks what is looked at before anything is touched
 * @param notBuilt sections whose behaviour a later version brings
 * @param back how it goes back
 * @param opening when deployments may start; null, as in what older versions wrote, for always
 */
public record Configuration(
        String app,
        String environment,
        SourceSettings source,
        ReleaseSettings release,
        SortedMap<String, Variable> variables,
        List<Task> tasks,
        Optional<Health> health,
        List<Target> targets,
        Optional<String> credentials,
        Optional<String> branch,
        OnFailure onFailure,
        Targets.Settings ssh,
        Optional<Approval> approval,
        CheckSettings checks,
        NotBuilt notBuilt,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = WaysBack.Unsaid.class)
        WaysBack back,

        Opening opening) {
    public Configuration {
        // Null in what was written before there was such a thing.
        back = back == null ? WaysBack.usual() : back;
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(ssh, "ssh");
        Objects.requireNonNull(approval, "approval");
        Objects.requireNonNull(checks, "checks");
        Objects.requireNonNull(notBuilt, "notBuilt");
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        tasks = List.copyOf(tasks);
        targets = List.copyOf(targets);
        opening = opening == null ? Opening.always() : opening;
    }

    /** {@return the tasks of one phase, in order} */
    public List<Task> tasks(Task.Phase phase) {
        return tasks.stream().filter(t -> t.at() == phase).toList();
    }

    /**
     * {@return the SHA-256 of everything above in one canonical form, as 64 hex digits; equal when and only when the
     * values are}
     */
    public String digest() {
        return ConfigurationDigest.of(this);
    }

    /**
     * {@return the sections that are written but whose behaviour is not there yet ({@code strategy}); a deployment refuses while any is left, rather than act as if it had not been asked}
     */
    public List<String> sectionsNotBuilt() {
        return List.copyOf(notBuilt.values().keySet());
    }

    /** {@return an error for each of {@link #sectionsNotBuilt()}} */
    public List<Problem> problemsNotBuilt() {
        return sectionsNotBuilt().stream()
                .map(section -> Problem.error(
                        "config.not-built",
                        "deploy.toml has a section \"" + section + "\" for " + environment
                                + ", which this version cannot act on.",
                        "Remove it, or use a version that can."))
                .toList();
    }

    /**
     * Sections that parse and are checked but that nothing acts on yet.
     *
     * @param values the plain values of the file (strings, numbers, booleans, lists, maps; durations in ISO 8601) by
     *     the name of the section
     */
    public record NotBuilt(SortedMap<String, Object> values) {
        public NotBuilt {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /** {@return that nothing is asked that would be missing} */
        public static NotBuilt nothing() {
            return new NotBuilt(new TreeMap<>());
        }
    }
}
