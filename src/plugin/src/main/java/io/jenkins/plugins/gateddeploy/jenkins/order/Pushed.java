package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import hudson.plugins.git.Branch;
import hudson.plugins.git.Revision;
import hudson.plugins.git.util.BuildData;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.trigger.Reference;
import io.jenkins.plugins.gateddeploy.trigger.RepositoryName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

/** Finds which branch or tag it is whose push has started a build. */
final class Pushed {
    /** As the Git plugin names what it has checked out; tags are fetched to {@code refs/remotes/origin/tags/…} too. */
    private static final Pattern REMOTE = Pattern.compile("(?:refs/)?remotes/[^/]+/(.+)|origin/(.+)");

    private static final String TAGS = "tags/";

    private Pushed() {}

    /** {@return the branches and tags that it can be of; empty when that cannot be told} */
    static List<Reference> of(Application application) {
        Run<?, ?> build = application.site().build();
        Optional<Reference> said = Started.of(build).flatMap(Started::reference);
        if (said.isPresent()) {
            return List.of(said.get());
        }
        SCMHead head = SCMHead.HeadByItem.findHead(build.getParent());
        if (head != null) {
            return head instanceof ChangeRequestSCMHead ? List.of() : List.of(reference(head));
        }
        return checkedOut(application);
    }

    private static Reference reference(SCMHead head) {
        return new Reference(head instanceof TagSCMHead ? Reference.Kind.TAG : Reference.Kind.BRANCH, head.getName());
    }

    /** Of the application's repository alone: a library is checked out from its own branch. */
    private static List<Reference> checkedOut(Application application) {
        Optional<String> named = application.configuration().source().repository();
        List<BuildData> all = application.site().build().getActions(BuildData.class);
        Set<String> urls = new HashSet<>();
        all.forEach(data -> urls.addAll(data.getRemoteUrls()));
        if (named.isEmpty() && urls.size() > 1) {
            return List.of();
        }
        return all.stream()
                .filter(data -> named.isEmpty()
                        || data.getRemoteUrls().stream().anyMatch(url -> RepositoryName.isSame(url, named.get())))
                .map(BuildData::getLastBuiltRevision)
                .filter(Objects::nonNull)
                .map(Revision::getBranches)
                .flatMap(branches -> branches.stream().map(Branch::getName))
                .flatMap(name -> reference(name).stream())
                .distinct()
                .toList();
    }

    private static Optional<Reference> reference(String name) {
        Matcher remote = REMOTE.matcher(name);
        if (!remote.matches()) {
            return Reference.of(name.startsWith(TAGS) ? "refs/" + name : name);
        }
        String plain = remote.group(1) == null ? remote.group(2) : remote.group(1);
        return Reference.of(plain.startsWith(TAGS) ? "refs/" + plain : "refs/heads/" + plain);
    }
}
