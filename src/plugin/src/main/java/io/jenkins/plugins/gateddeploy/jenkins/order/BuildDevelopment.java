package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * A build as the checks see it: how it went so far, and its workspace, wherever that is.
 *
 * @param site of the build
 */
record BuildDevelopment(Site site) implements Development {

    @Override
    public Optional<Result> result() {
        hudson.model.Result so = site.build().getResult();
        if (so == null || so.isBetterOrEqualTo(hudson.model.Result.SUCCESS)) {
            return Optional.of(Result.SUCCESS);
        }
        return Optional.of(so.isBetterOrEqualTo(hudson.model.Result.UNSTABLE) ? Result.UNSTABLE : Result.FAILURE);
    }

    @Override
    public List<Report> reports(List<String> patterns) throws ProblemException, IOException, InterruptedException {
        if (site.workspace().isEmpty()) {
            return Development.unknown().reports(patterns);
        }
        FilePath workspace = site.workspace().get();
        List<Report> reports = new ArrayList<>();
        for (String path : workspace.act(new Matching(new ArrayList<>(patterns)))) {
            reports.add(new InWorkspace(workspace, path));
        }
        return reports;
    }

    @Override
    public Optional<List<String>> uncommitted() throws IOException, InterruptedException {
        return site.workspace().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(site.workspace().get().act(new Uncommitted()));
    }

    private record InWorkspace(FilePath workspace, String path) implements Report {
        @Override
        public InputStream open() throws IOException {
            try {
                return workspace.child(path).read();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Reading " + path + " was interrupted", e);
            }
        }
    }

    /** Where the workspace is, so that one call finds all. */
    private static final class Matching extends MasterToSlaveFileCallable<ArrayList<String>> {
        private static final long serialVersionUID = 1;
        private final ArrayList<String> patterns;

        Matching(ArrayList<String> patterns) {
            this.patterns = patterns;
        }

        @Override
        public ArrayList<String> invoke(File workspace, VirtualChannel channel) throws IOException {
            return new ArrayList<>(new Workspace(workspace.toPath()).matching(patterns));
        }
    }

    /** Null for a workspace that is none of git's. */
    private static final class Uncommitted extends MasterToSlaveFileCallable<ArrayList<String>> {
        private static final long serialVersionUID = 1;

        @Override
        public ArrayList<String> invoke(File workspace, VirtualChannel channel) throws IOException {
            return new Workspace(workspace.toPath())
                    .uncommitted()
                    .map(ArrayList::new)
                    .orElse(null);
        }
    }
}
