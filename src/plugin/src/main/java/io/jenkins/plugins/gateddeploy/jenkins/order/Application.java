package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.FilePath;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.jenkins.agent.AgentFiles;
import io.jenkins.plugins.gateddeploy.jenkins.host.BuildCredentials;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Checking;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.trigger.Wish;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.URIish;

/**
 * An application as a build sees it.
 *
 * @param site of the build
 * @param file its deploy.toml
 * @param configuration of the environment, as the file has it
 * @param checkouts the build's repositories
 * @param read the commit that deploy.toml was read from, when there was no workspace
 */
record Application(
        Site site,
        Configurations.Source file,
        Configuration configuration,
        Checkouts checkouts,
        Optional<String> read) {

    /** {@return what the checks need to know of the build} */
    Checking checking(Forcing forcing) throws ProblemException {
        return Checking.of(
                DeployFile.parse(file.name(), file.text()),
                configuration.environment(),
                new BuildDevelopment(site),
                forcing);
    }

    /**
     * {@return the version that an order is about}
     *
     * @param ref as the order names it; null for what started the build, for the commit that it is of when it is of this
     *     repository, else for the environment's branch
     */
    Version version(String ref) throws ProblemException, InterruptedException {
        String wanted = ref != null ? ref : unnamed();
        Optional<Wish> wish = Optional.ofNullable(wanted).flatMap(Wish::of);
        if (wish.isPresent()) {
            GitSource git = git().orElseThrow(Application::noRepository);
            String found = wish.get().fulfil(git, JenkinsHost.get().history(), configuration.app());
            site.listener().getLogger().println(wanted + " is " + found + " now.");
            return git.resolve(found);
        }
        boolean named = configuration.source().repository().isPresent();
        Optional<Version> onAgent = named ? Optional.empty() : onAgent(wanted);
        if (onAgent.isPresent()) {
            return onAgent.get();
        }
        GitSource git = git().orElseThrow(Application::noRepository);
        try {
            return git.resolve(wanted);
        } catch (ProblemException e) {
            // A commit that was made in the workspace, and not pushed, is there only.
            Optional<Version> unpushed = named && isNotFound(e) ? onAgent(wanted) : Optional.empty();
            return unpushed.orElseThrow(() -> e);
        }
    }

    /** {@return what is deployed when nobody names it; null for the default branch} */
    private String unnamed() throws ProblemException {
        Optional<Started> started = Started.of(site.build());
        if (started.filter(Started::isExact).isPresent()) {
            return started.get().ref();
        }
        return builtCommit()
                .or(() -> started.map(Started::ref))
                .or(configuration::branch)
                .orElse(null);
    }

    private static ProblemException noRepository() {
        return new ProblemException(
                "source.missing",
                "deploy.toml names no git repository, and this build has to do with none.",
                "Add [source] repository to deploy.toml, or deploy a folder of the workspace with source.");
    }

    /** {@return the version that a workspace on an agent has; empty when it has it not, or there is none} */
    private Optional<Version> onAgent(String ref) throws ProblemException, InterruptedException {
        Optional<AgentFiles> agent = site.onAgent();
        try {
            return agent.isPresent() && agent.get().hasRepository()
                    ? Optional.of(agent.get().commit(ref))
                    : Optional.empty();
        } catch (ProblemException e) {
            if (isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new ProblemException(
                    "source.unreachable",
                    "The workspace on the agent cannot be read: " + e.getMessage() + ".",
                    "See that the agent is connected, and try again.");
        }
    }

    private static boolean isNotFound(ProblemException e) {
        return e.problems().stream().allMatch(p -> p.id().equals("source.not-found"));
    }

    /**
     * {@return the application's repository: that of deploy.toml, else that of the workspace, else that of the build}
     *
     * @throws ProblemException when its credential cannot be had, or it is one that a build must not read
     */
    Optional<GitSource> git() throws ProblemException {
        Optional<Checkout> repository = repository();
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        String url = repository.get().url();
        GitLocation location = JenkinsHost.get().repository(url);
        Optional<Path> here = workspaceRepository();
        if (here.isPresent()) {
            location = location.withWorkspace(here.get());
        }
        if (!here.map(Path::toString).filter(url::equals).isPresent()) {
            refuseLocal(url);
        }
        Optional<String> credentials = repository.get().credentials();
        if (credentials.isPresent()) {
            try {
                location = location.withCredential(new BuildCredentials(site.build()).git(credentials.get()));
            } catch (CredentialException e) {
                throw new ProblemException("credential.missing", e.getMessage(), "");
            }
        }
        return Optional.of(new GitSource(location));
    }

    private Optional<Checkout> repository() throws ProblemException {
        Optional<String> named = configuration.source().repository();
        if (named.isPresent()) {
            Optional<String> commit = checkouts.of(named.get()).flatMap(Checkout::commit);
            return Optional.of(new Checkout(named.get(), configuration.source().credentials(), commit));
        }
        Optional<Path> here = workspaceRepository();
        return here.isPresent()
                ? Optional.of(new Checkout(here.get().toString(), Optional.empty(), Optional.empty()))
                : checkouts.only();
    }

    /** The repository of a workspace says itself what is checked out there: nobody else knows as surely. */
    private Optional<String> builtCommit() throws ProblemException {
        Optional<String> named = configuration.source().repository();
        if (named.isPresent()) {
            Optional<Checkout> same = checkouts.of(named.get());
            return same.flatMap(Checkout::commit).or(() -> same.isPresent() ? read : Optional.empty());
        }
        if (workspaceRepository().isPresent()) {
            return Optional.of(Constants.HEAD);
        }
        return read.isPresent() ? read : checkouts.only().flatMap(Checkout::commit);
    }

    private Optional<Path> workspaceRepository() {
        return site.workspace()
                .filter(w -> !w.isRemote())
                .map(FilePath::getRemote)
                .map(Path::of)
                .filter(w -> Files.exists(w.resolve(Constants.DOT_GIT)));
    }

    /**
     * Whoever may write a deploy.toml must not read the repositories of others on the controller with it. The same
     * switch as that of the Git plugin, for the same reason.
     */
    static void refuseLocal(String url) throws ProblemException {
        if (!GitSCM.ALLOW_LOCAL_CHECKOUT && isLocal(url)) {
            throw new ProblemException(
                    "source.local",
                    "The git repository " + url + " is a directory of the controller, which a build must not read.",
                    "Name it by a URL, or allow all builds to read local repositories with the system property"
                            + " hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT.");
        }
    }

    private static boolean isLocal(String url) {
        try {
            URIish uri = new URIish(url);
            return !uri.isRemote() || "file".equalsIgnoreCase(uri.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
