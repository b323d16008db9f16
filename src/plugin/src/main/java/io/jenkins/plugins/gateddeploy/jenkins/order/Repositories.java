package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.EnvVars;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.host.ItemCredentials;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The repositories of applications outside any build, for the commits between their releases. */
public final class Repositories {
    private Repositories() {}

    /**
     * {@return the repository that a job has deployed from: that of deploy.toml, else the one that its build was of;
     * empty when it is not known which}
     *
     * @param last a deployment of the job
     * @param configuration of that deployment
     * @throws ProblemException when its credential cannot be had, or it is one that a build must not read
     */
    public static Optional<GitSource> of(Item job, DeploymentRecord last, Configuration configuration)
            throws ProblemException {
        Optional<Checkout> repository = repository(job, last, configuration);
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        Application.refuseLocal(repository.get().url());
        GitLocation location = JenkinsHost.get().repository(repository.get().url());
        Optional<String> credentials = repository.get().credentials();
        if (credentials.isPresent()) {
            try {
                location = location.withCredential(new ItemCredentials(job, Jenkins.ANONYMOUS2).git(credentials.get()));
            } catch (CredentialException e) {
                throw new ProblemException("credential.missing", e.getMessage(), "");
            }
        }
        return Optional.of(new GitSource(location));
    }

    private static Optional<Checkout> repository(Item job, DeploymentRecord last, Configuration configuration)
            throws ProblemException {
        Optional<String> named = configuration.source().repository();
        if (named.isPresent()) {
            return Optional.of(new Checkout(named.get(), configuration.source().credentials(), Optional.empty()));
        }
        Run<?, ?> build =
                job instanceof Job<?, ?> one ? build(one, last.origin().build()) : null;
        return build == null
                ? Optional.empty()
                : Checkouts.of(build, new EnvVars()).only();
    }

    /** A rollback from a page had no build; the job's last one is of the same repository as a rule. */
    private static Run<?, ?> build(Job<?, ?> job, int number) {
        Run<?, ?> exactly = number > 0 ? job.getBuildByNumber(number) : null;
        return exactly == null ? job.getLastBuild() : exactly;
    }
}
