package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.PathPatterns;
import java.util.List;
import java.util.Optional;

/**
 * A version that is named by what it is at the time it is asked for: {@code latest:v*} for the newest tag of a pattern,
 * {@code environment:staging} for what another environment runs. No branch or tag is called so, since git allows no colon
 * in their names.
 */
public sealed interface Wish {
    /** Before a pattern of tags. */
    String LATEST = "latest:";
    /** Before the name of an environment. */
    String ENVIRONMENT = "environment:";

    /**
     * The newest tag of a pattern, by {@code v1.9}, {@code v1.10-rc.1}, {@code v1.10}.
     *
     * @param pattern of the tag's name; {@code *} for any without a slash
     */
    record LatestTag(String pattern) implements Wish {}

    /**
     * What runs in another environment: the commit of the deployment or rollback that ended there last with success.
     *
     * @param environment its name
     */
    record RunningIn(String environment) implements Wish {}

    /** {@return what a reference asks for; empty when it names a branch, a tag or a commit} */
    static Optional<Wish> of(String ref) {
        if (ref.startsWith(LATEST)) {
            return Optional.of(new LatestTag(ref.substring(LATEST.length()).strip()));
        }
        return ref.startsWith(ENVIRONMENT)
                ? Optional.of(new RunningIn(ref.substring(ENVIRONMENT.length()).strip()))
                : Optional.empty();
    }

    /**
     * {@return the tag or commit that fulfils it now}
     *
     * @param application whose environments are meant
     * @throws ProblemException {@code trigger.no-tag} or {@code trigger.nothing-deployed} when there is none, or the
     *     repository cannot be asked
     * @throws InterruptedException when the thread was interrupted
     */
    default String fulfil(GitSource git, History history, String application)
            throws ProblemException, InterruptedException {
        if (this instanceof LatestTag tag) {
            return latest(tag, git.tags());
        }
        return running(((RunningIn) this).environment(), history, application);
    }

    /** {@return the full name of the newest of some tags} */
    private static String latest(LatestTag wish, List<String> tags) throws ProblemException {
        PathPatterns pattern = new PathPatterns(List.of(wish.pattern()));
        return tags.stream()
                .filter(pattern::matches)
                .max(new VersionOrder())
                .map(name -> new Reference(Reference.Kind.TAG, name).full())
                .orElseThrow(() -> new ProblemException(
                        "trigger.no-tag",
                        "None of the " + tags.size() + " tags of the git repository matches \"" + wish.pattern()
                                + "\".",
                        "Push such a tag, or correct the pattern."));
    }

    private static String running(String environment, History history, String application) throws ProblemException {
        return history.successes(application, environment, 1).stream()
                .map(DeploymentRecord::commit)
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        "trigger.nothing-deployed",
                        "Nothing has been deployed to " + environment + " of " + application
                                + " yet, so there is nothing to take from there.",
                        "Deploy to " + environment + " first, or correct its name."));
    }
}
