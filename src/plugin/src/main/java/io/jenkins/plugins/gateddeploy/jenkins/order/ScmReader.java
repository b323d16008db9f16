package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.EnvVars;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitSCM;
import hudson.scm.SCM;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;

/**
 * Reads a file of the revision that a build is of, without a workspace.
 *
 * @param build that asks
 * @param checkouts its repositories
 */
record ScmReader(Run<?, ?> build, Checkouts checkouts) {

    /**
     * What was read.
     *
     * @param file the file
     * @param commit of which it is, where that is known
     */
    record Found(Configurations.Source file, Optional<String> commit) {}

    /**
     * {@return a deploy.toml}
     *
     * @throws ProblemException when there is none, or no way to read it
     */
    Found read(String path) throws ProblemException, IOException, InterruptedException {
        try (SCMFileSystem files = files()) {
            if (files == null) {
                throw noWorkspace(path, "and what the job is built from cannot be read without one.");
            }
            try (InputStream in = files.child(path).content()) {
                Optional<String> commit = files.getRevision() instanceof AbstractGitSCMSource.SCMRevisionImpl git
                        ? Optional.of(git.getHash())
                        : Optional.empty();
                return new Found(Configurations.Source.of(path, in), commit);
            } catch (FileNotFoundException e) {
                throw new ProblemException(
                        "config.file",
                        "There is no " + path + " in the revision that this build is of.",
                        "Name the file with config.");
            }
        }
    }

    private SCMFileSystem files() throws ProblemException, IOException, InterruptedException {
        Job<?, ?> job = build.getParent();
        SCMSource source = SCMSource.SourceByItem.findSource(job);
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (source != null && head != null) {
            return SCMFileSystem.of(source, head, SCMRevisionAction.getRevision(source, build));
        }
        List<SCM> scms = Checkouts.scms(job);
        if (scms.size() != 1) {
            throw noWorkspace(
                    "deploy.toml",
                    scms.isEmpty()
                            ? "and the job is built from nothing."
                            : "and the job is built from several places.");
        }
        return SCMFileSystem.of(job, scms.get(0), revision(scms.get(0)), build);
    }

    /** The commit that has been checked out for this build; null for what the branch is at now. */
    private SCMRevision revision(SCM scm) throws IOException, InterruptedException {
        if (!(scm instanceof GitSCM git)
                || git.getUserRemoteConfigs().size() != 1
                || git.getBranches().size() != 1) {
            return null;
        }
        String url = git.getUserRemoteConfigs().get(0).getUrl();
        Optional<String> commit =
                Optional.ofNullable(url).flatMap(checkouts::of).flatMap(Checkout::commit);
        EnvVars variables = build.getEnvironment(TaskListener.NULL);
        String branch =
                variables.expand(git.getBranches().get(0).getName()).replaceFirst("^(refs/heads/|refs/tags/|\\*/)", "");
        return commit.map(c -> new AbstractGitSCMSource.SCMRevisionImpl(new GitBranchSCMHead(branch), c))
                .orElse(null);
    }

    private static ProblemException noWorkspace(String path, String why) {
        return new ProblemException(
                "config.file", "There is no workspace to read " + path + " from, " + why, "Use the step inside node.");
    }
}
