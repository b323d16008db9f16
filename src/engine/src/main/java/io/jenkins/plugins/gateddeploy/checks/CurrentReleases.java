package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is current, as the targets say it. The files come from git where git has the commit; otherwise (a folder was
 * deployed, another tool deployed, the commit is gone) they are read from the release on a target.
 */
public final class CurrentReleases implements Current, AutoCloseable {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final Look look;
    private final Optional<GitSource> repository;
    private final Remote remote;
    private final String base;
    private List<Files> found;

    /**
     * What is current on one target.
     *
     * @param target which
     * @param release name of the release's directory; empty before the first deployment
     * @param commit commit or content digest; empty when nobody knows
     */
    public record Standing(Target target, String release, String commit) {}

    /** How to learn what is current. */
    @FunctionalInterface
    public interface Look {
        /**
         * {@return what is current on every target; waits until that is known}
         *
         * @throws ProblemException when it cannot be told
         */
        List<Standing> standings() throws ProblemException, InterruptedException;
    }

    /**
     * What is current.
     *
     * @param repository has the application's commits; empty for none
     * @param remote the same targets
     * @param base the application's directory there
     */
    public CurrentReleases(Look look, Optional<GitSource> repository, Remote remote, String base) {
        this.look = look;
        this.repository = repository;
        this.remote = remote;
        this.base = base;
    }

    @Override
    public synchronized List<Files> versions() throws ProblemException, InterruptedException {
        if (found == null) {
            Map<String, Standing> different = new LinkedHashMap<>();
            for (Standing standing : look.standings()) {
                if (!standing.release().isEmpty()) {
                    different.putIfAbsent(
                            standing.commit().isEmpty() ? standing.release() : standing.commit(), standing);
                }
            }
            List<Files> versions = new ArrayList<>();
            for (Standing standing : different.values()) {
                versions.add(files(standing));
            }
            found = List.copyOf(versions);
        }
        return found;
    }

    @Override
    public Set<String> commits() throws ProblemException, InterruptedException {
        return look.standings().stream()
                .map(Standing::commit)
                .filter(commit -> !commit.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ends what was opened to read the versions' files. */
    @Override
    public synchronized void close() {
        if (found != null) {
            found.forEach(files -> {
                if (files instanceof VersionFiles open) {
                    open.close();
                }
            });
        }
    }

    private Files files(Standing standing) throws InterruptedException {
        if (repository.isPresent() && COMMIT.matcher(standing.commit()).matches()) {
            try {
                return new VersionFiles(repository.get().resolve(standing.commit()));
            } catch (ProblemException e) {
                // The release itself is still there, though the repository has forgotten its commit.
            }
        }
        return new ReleaseFiles(remote, standing, base);
    }
}
