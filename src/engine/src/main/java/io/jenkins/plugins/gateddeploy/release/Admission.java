package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.log.Masking;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request that makes sense, with what is needed to begin. Everything that can be refused without a connection is
 * refused here, all of it at once.
 *
 * @param access how the chosen targets are reached
 * @param masking knows the secrets of the configuration
 */
record Admission(Targets.Access access, Masking masking) {

    /** @throws ProblemException when the request makes no sense, or a credential cannot be had */
    static Admission of(Deployer.Request request, Credentials credentials) throws ProblemException {
        Configuration configuration = request.configuration();
        List<Problem> problems = new ArrayList<>(configuration.problemsNotBuilt());
        problems.addAll(unknownTasks(configuration, request.skip()));
        List<Target> targets = chosen(configuration, request.targets(), problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        Variables variables = Variables.resolve(configuration.variables(), credentials);
        Masking masking = new Masking(Variables.secrets(configuration.variables(), variables));
        return new Admission(access(configuration, targets, credentials), masking);
    }

    /**
     * {@return the targets that a request is about}
     *
     * @throws ProblemException when it names some that are none
     */
    static List<Target> targets(Deployer.Request request) throws ProblemException {
        List<Problem> problems = new ArrayList<>();
        List<Target> targets = chosen(request.configuration(), request.targets(), problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return targets;
    }

    private static List<Problem> unknownTasks(Configuration configuration, Set<String> skipped) {
        Set<String> names =
                configuration.tasks().stream().map(Task::name).collect(Collectors.toCollection(TreeSet::new));
        return skipped.stream()
                .filter(s -> !names.contains(s))
                .map(s -> Problem.error(
                        "task.unknown",
                        "There is no task \"" + s + "\" to skip.",
                        "Tasks are: " + String.join(", ", names) + "."))
                .toList();
    }

    private static List<Target> chosen(Configuration configuration, List<String> names, List<Problem> problems) {
        Set<Target> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<Target> matching = configuration.targets().stream()
                    .filter(t -> t.name().equals(name) || t.host().equals(name))
                    .toList();
            if (matching.isEmpty()) {
                problems.add(Problem.error(
                        "target.unknown",
                        configuration.environment() + " has no target \"" + name + "\".",
                        "Its targets are: "
                                + configuration.targets().stream()
                                        .map(Target::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
            }
            chosen.addAll(matching);
        }
        return names.isEmpty() ? configuration.targets() : List.copyOf(chosen);
    }

    /** @throws ProblemException when the environment's credential cannot be had */
    static Targets.Access access(Configuration configuration, List<Target> targets, Credentials credentials)
            throws ProblemException {
        try {
            return new Targets.Access(
                    targets, credentials.ssh(configuration.credentials().orElse(null)), configuration.ssh());
        } catch (CredentialException e) {
            throw new ProblemException("credential.missing", e.getMessage(), "");
        }
    }
}
