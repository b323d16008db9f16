package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.SourceSettings;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examines an environment: whether it can be reached, and whether its targets are fit to be deployed to. */
public final class Doctor {
    private final Ports ports;

    /** @param ports what the host brings */
    public Doctor(Ports ports) {
        this.ports = ports;
    }

    /** How this host finds the version that would be deployed. */
    @FunctionalInterface
    public interface Finding {
        /** {@return the version} */
        Version find() throws ProblemException, InterruptedException;
    }

    /**
     * {@return whether a deployment would get to the point of beginning: configuration, credentials, git, each target
     * reached}
     *
     * @param version how the version is found
     * @throws InterruptedException when interrupted
     */
    public Diagnosis verify(Configuration configuration, Finding version) throws InterruptedException {
        return examine(configuration, version, false);
    }

    /**
     * {@return all that, and whether each target is fit: disk, memory, permissions, clock, programs, git}
     *
     * @param version how the version is found
     * @throws InterruptedException when interrupted
     */
    public Diagnosis examine(Configuration configuration, Finding version) throws InterruptedException {
        return examine(configuration, version, true);
    }

    private Diagnosis examine(Configuration configuration, Finding version, boolean thoroughly)
            throws InterruptedException {
        List<Problem> general = new ArrayList<>(configuration.problemsNotBuilt());
        general.addAll(secrets(configuration));
        List<Diagnosis.OnTarget> targets = List.of();
        try {
            SshCredential credential =
                    ports.credentials().ssh(configuration.credentials().orElse(null));
            targets = targets(configuration, credential, thoroughly);
        } catch (CredentialException e) {
            general.add(Problem.error("credential.missing", e.getMessage(), ""));
        }
        Optional<Revision> revision = Optional.empty();
        try {
            revision = Optional.of(version.find().revision());
        } catch (ProblemException e) {
            general.addAll(e.problems());
        }
        return new Diagnosis(general, targets, revision);
    }

    private List<Problem> secrets(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        configuration.variables().forEach((name, variable) -> {
            if (variable instanceof Variable.SecretReference reference) {
                try {
                    ports.credentials().secret(reference.id());
                } catch (CredentialException e) {
                    problems.add(Problem.error(
                            "credential.missing", "Variable " + name + " has no value: " + e.getMessage(), ""));
                }
            }
        });
        return problems;
    }

    private List<Diagnosis.OnTarget> targets(Configuration configuration, SshCredential credential, boolean thoroughly)
            throws InterruptedException {
        Needs needs = Needs.of(configuration);
        Commands commands = new Commands(new Layout(configuration.release().path()), "doctor", "doctor");
        String url = configuration.source().mode() == SourceSettings.Mode.PULL
                ? configuration.source().repository().orElse("")
                : "";
        Map<Target, Command> asked = new LinkedHashMap<>();
        configuration
                .targets()
                .forEach(target -> asked.put(
                        target, commands.doctor(thoroughly ? needs.programs() : List.of(), thoroughly ? url : "")));
        Map<Target, Outcome> outcomes;
        Instant before = ports.clock().instant();
        try (Targets targets =
                ports.connector().open(new Targets.Access(configuration.targets(), credential, configuration.ssh()))) {
            outcomes = targets.run(asked);
        }
        Instant after = ports.clock().instant();
        List<Diagnosis.OnTarget> found = new ArrayList<>();
        for (Target target : configuration.targets()) {
            Outcome outcome = outcomes.get(target);
            if (!(outcome instanceof Outcome.Exited exited) || exited.code() != 0) {
                found.add(new Diagnosis.OnTarget(target.name(), Map.of(), List.of(Contact.problem(target, outcome))));
            } else if (!thoroughly) {
                found.add(new Diagnosis.OnTarget(target.name(), Map.of("ssh", "reached and logged in"), List.of()));
            } else {
                Facts facts = Facts.parse(exited.stdout(), before, after);
                found.add(new Examination(configuration, needs, target, facts).judge());
            }
        }
        return found;
    }
}
