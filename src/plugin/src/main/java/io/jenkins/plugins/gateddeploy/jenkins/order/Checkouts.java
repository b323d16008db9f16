package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.EnvVars;
import hudson.model.Job;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.Revision;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.triggers.SCMTriggerItem;

/** The git repositories that a build has to do with, and the commit of each that it is of. */
final class Checkouts {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final Map<String, Checkout> certain = new LinkedHashMap<>();
    private final Map<String, Checkout> others = new LinkedHashMap<>();

    private Checkouts() {}

    /**
     * {@return what can be told of a build}
     *
     * @param variables of the build, as the step sees them
     */
    static Checkouts of(Run<?, ?> build, EnvVars variables) {
        Checkouts checkouts = new Checkouts();
        checkouts.addBranch(build);
        if (variables.containsKey(GitSCM.GIT_URL)) {
            put(
                    checkouts.certain,
                    new Checkout(
                            variables.get(GitSCM.GIT_URL), Optional.empty(), commit(variables.get(GitSCM.GIT_COMMIT))));
        }
        for (BuildData data : build.getActions(BuildData.class)) {
            Revision revision = data.getLastBuiltRevision();
            Optional<String> commit = revision == null ? Optional.empty() : commit(revision.getSha1String());
            data.getRemoteUrls().forEach(url -> put(checkouts.others, new Checkout(url, Optional.empty(), commit)));
        }
        scms(build.getParent()).forEach(scm -> addScm(checkouts.others, scm, Optional.empty()));
        return checkouts;
    }

    /** {@return what the job is built from, as far as it is configured or was so the last time} */
    static List<SCM> scms(Job<?, ?> job) {
        SCMTriggerItem item = SCMTriggerItem.SCMTriggerItems.asSCMTriggerItem(job);
        return item == null ? List.of() : List.copyOf(item.getSCMs());
    }

    private void addBranch(Run<?, ?> build) {
        SCMSource source = SCMSource.SourceByItem.findSource(build.getParent());
        SCMHead head = SCMHead.HeadByItem.findHead(build.getParent());
        if (source == null || head == null) {
            return;
        }
        SCMRevision revision = SCMRevisionAction.getRevision(source, build);
        Optional<String> commit =
                revision instanceof AbstractGitSCMSource.SCMRevisionImpl git ? commit(git.getHash()) : Optional.empty();
        addScm(certain, revision == null ? source.build(head) : source.build(head, revision), commit);
    }

    private static void addScm(Map<String, Checkout> into, SCM scm, Optional<String> commit) {
        if (scm instanceof GitSCM git) {
            for (UserRemoteConfig remote : git.getUserRemoteConfigs()) {
                if (remote.getUrl() != null) {
                    put(into, new Checkout(remote.getUrl(), Optional.ofNullable(remote.getCredentialsId()), commit));
                }
            }
        }
    }

    private static void put(Map<String, Checkout> into, Checkout checkout) {
        into.merge(Checkout.key(checkout.url()), checkout, Checkout::and);
    }

    private static Optional<String> commit(String text) {
        return Optional.ofNullable(text).filter(t -> COMMIT.matcher(t).matches());
    }

    /** {@return what is known of one repository} */
    Optional<Checkout> of(String url) {
        Checkout sure = certain.get(Checkout.key(url));
        Checkout other = others.get(Checkout.key(url));
        return sure == null || other == null
                ? Optional.ofNullable(sure == null ? other : sure)
                : Optional.of(sure.and(other));
    }

    /**
     * {@return the repository that the build is of}
     *
     * @throws ProblemException when it could be one or the other
     */
    Optional<Checkout> only() throws ProblemException {
        List<Checkout> found = new ArrayList<>(certain.isEmpty() ? others.values() : certain.values());
        if (certain.isEmpty() && found.size() > 1) {
            throw new ProblemException(
                    "source.missing",
                    "deploy.toml names no git repository, and this build has to do with " + found.size() + " of them.",
                    "Add [source] repository to deploy.toml.");
        }
        return found.stream().findFirst().flatMap(c -> of(c.url()));
    }
}
