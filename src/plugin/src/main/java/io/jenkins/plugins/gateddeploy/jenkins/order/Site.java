package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.agent.AgentFiles;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.BuildCredentials;
import io.jenkins.plugins.gateddeploy.jenkins.host.BuildLog;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Processes;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where an order is carried out: a build, the workspace it has there, and where connections to servers start: on the
 * agent of the workspace, or on the controller when there is none.
 *
 * @param build that gave it
 * @param workspace on the agent of the surrounding {@code node}; empty without one
 * @param variables of the build
 * @param listener takes what is said
 * @param step id of the step in a Pipeline; empty elsewhere
 * @param start where connections start
 */
public record Site(
        Run<?, ?> build,
        Optional<FilePath> workspace,
        EnvVars variables,
        TaskListener listener,
        String step,
        Start start) {

    /** A site outside Pipelines. */
    public Site(Run<?, ?> build, Optional<FilePath> workspace, EnvVars variables, TaskListener listener) {
        this(build, workspace, variables, listener, "", startAt(workspace));
    }

    /** {@return that of a step of a Pipeline that itself connects to nothing} */
    public static Site of(StepContext context) throws IOException, InterruptedException {
        return new Site(
                context.get(Run.class),
                Optional.ofNullable(context.get(FilePath.class)),
                context.get(EnvVars.class),
                context.get(TaskListener.class));
    }

    /** {@return the agent of a workspace, or the controller} */
    private static Start startAt(Optional<FilePath> workspace) {
        Computer computer = workspace.map(FilePath::toComputer).orElse(null);
        return computer == null ? Start.onController() : new Start(computer.getName(), "");
    }

    /** {@return the same, but connections start on an agent with that label, of which an executor is taken meanwhile} */
    public Site at(String label) {
        return new Site(build, workspace, variables, listener, step, Start.at(label));
    }

    /** {@return the workspace, if it is on an agent and not on the controller} */
    Optional<AgentFiles> onAgent() {
        return workspace.filter(AgentFiles::isOnAgent).map(AgentFiles::new);
    }

    /**
     * {@return what the registrations of an environment say to this build; what they only warn of is in its console}
     *
     * @throws ProblemException when the build must not do it
     */
    Admission admit(Act act, Configuration configuration) throws ProblemException {
        return admit(act, configuration, new Ticket());
    }

    private Admission check(Act act, Place place) throws ProblemException {
        try {
            return Registrations.check(build, act, place);
        } catch (ProblemException e) {
            new NotDeployed(build, place).because(e);
            throw e;
        }
    }

    /** As {@link #admit(Act, Configuration)}, but nobody is warned twice of the same for one order. */
    Admission admit(Act act, Configuration configuration, Ticket ticket) throws ProblemException {
        Place place = new Place(configuration.app(), configuration.environment());
        Admission admission = check(act, place);
        admission.warnings().stream()
                .map(Problem::oneLine)
                .filter(ticket::isNews)
                .forEach(warning -> listener.getLogger().println("Warning: " + warning));
        return admission;
    }

    /**
     * {@return the engine's ports for this build}
     *
     * @param deployFile what is deployed by, which is kept for the case that Jenkins dies
     */
    Ports ports(Configurations.Source deployFile) {
        JenkinsHost host = JenkinsHost.get();
        return new Ports(
                new BuildCredentials(build),
                host.connector(start, listener.getLogger()::println, Optional.of(build.getParent())),
                host.history(),
                new BuildLog(listener),
                keeping(new Dockets(host.dockets()), deployFile),
                Clock.systemUTC(),
                Actors.of(build),
                Processes.self(),
                host.logs(),
                Ports.Limits.defaults());
    }

    private Progress keeping(Dockets dockets, Configurations.Source deployFile) {
        Docket.Origin origin = new Docket.Origin(build.getExternalizableId(), step);
        return new Progress() {
            @Override
            public void begun(DeploymentRecord record) {
                dockets.keep(new Docket(
                        record.id(), origin, record.environment(), deployFile.name(), deployFile.text(), start));
                try {
                    Kept.keep(record, deployFile);
                    DeploymentAction.remember(build, record);
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot write down what a deployment is made by", e);
                }
            }

            @Override
            public void phase(String name, List<Target> targets) {
                // The console has the log.
            }

            @Override
            public void target(Target target, String doing) {
                // The console has the log.
            }
        };
    }
}
