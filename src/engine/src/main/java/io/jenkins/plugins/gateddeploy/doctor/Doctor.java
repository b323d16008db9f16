package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines an environment: whether it can be reached, and whether its targets are fit to be deployed to. */
public final class Doctor {
    private final Credentials credentials;
    private final Targets.Connector connector;
    private final Clock clock;

    /**
     * A doctor.
     *
     * @param credentials the host's
     * @param connector reaches targets
     * @param clock the host's time
     */
    public Doctor(Credentials credentials, Targets.Connector connector, Clock clock) {
        this.credentials = credentials;
        this.connector = connector;
        this.clock = clock;
    }

    /** How this host finds the version that would be deployed. */
    @FunctionalInterface
    public interface Finding {
        /** {@return the version} */
        Version find() throws ProblemException, InterruptedException;
    }

    /**
     * {@return what stands in the way of a deployment: sections that nothing acts on, credentials, git, and on each
     * target disk, memory, permissions, clock, programs, git}
     *
     * @param version how the version is found
     * @throws InterruptedException when interrupted
     */
    public Diagnosis examine(Configuration configuration, Finding version) throws InterruptedException {
        Diagnosis without = examine(configuration);
        List<Problem> general = new ArrayList<>(without.general());
        Optional<Revision> revision = Optional.empty();
        try {
            revision = Optional.of(version.find().revision());
        } catch (ProblemException e) {
            general.addAll(e.problems());
        }
        return new Diagnosis(general, without.targets(), revision);
    }

    /**
     * {@return the same, whatever version would be deployed}
     *
     * @throws InterruptedException when interrupted
     */
    public Diagnosis examine(Configuration configuration) throws InterruptedException {
        List<Problem> general = new ArrayList<>(configuration.problemsNotBuilt());
        general.addAll(secrets(configuration));
        List<Diagnosis.OnTarget> targets = List.of();
        try {
            SshCredential credential =
                    credentials.ssh(configuration.credentials().orElse(null));
            targets = targets(configuration, credential);
        } catch (CredentialException e) {
            general.add(Problem.error("credential.missing", e.getMessage(), ""));
        }
        return new Diagnosis(general, targets, Optional.empty());
    }

    private List<Problem> secrets(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        configuration.variables().forEach((name, variable) -> {
            if (variable instanceof Variable.SecretReference reference) {
                try {
                    credentials.secret(reference.id());
                } catch (CredentialException e) {
                    problems.add(Problem.error(
                            "credential.missing", "Variable " + name + " has no value: " + e.getMessage(), ""));
                }
            }
        });
        return problems;
    }

    private List<Diagnosis.OnTarget> targets(Configuration configuration, SshCredential credential)
            throws InterruptedException {
        try (Targets targets =
                connector.open(new Targets.Access(configuration.targets(), credential, configuration.ssh()))) {
            return Inspection.of(configuration, Room.unknown(), clock).of(configuration.targets(), targets::run);
        }
    }
}
