package io.jenkins.plugins.gateddeploy.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository that is on this machine anyway. It may be missing, shallow or partial: then it has nothing to give. */
final class GitWorkspace {
    private final Optional<Path> folder;

    GitWorkspace(Optional<Path> folder) {
        this.folder = folder;
    }

    boolean has(ObjectId commit) {
        Optional<Repository> repository = open(commit);
        repository.ifPresent(Repository::close);
        return repository.isPresent();
    }

    /** {@return the repository if it holds a commit and, as far as git's settings tell, all its files; to be closed} */
    Optional<Repository> open(ObjectId commit) {
        return open().filter(repository -> keepIf(repository, !isPartial(repository) && hasAll(repository, commit)));
    }

    /** {@return the repository if it holds two commits and the whole history of both; to be closed} */
    Optional<Repository> openWithHistory(ObjectId from, ObjectId to) {
        return open().filter(repository -> keepIf(repository, !isShallow(repository) && hasAll(repository, from, to)));
    }

    /**
     * {@return whether one of some heads is a commit, or comes after it; empty when that cannot be told from here} What is
     * found is so wherever it is found; that nothing is found says something only where the whole history is.
     */
    Optional<Boolean> anyLeadsTo(Collection<ObjectId> heads, ObjectId commit) {
        Optional<Repository> here = open();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        try (Repository repository = here.get()) {
            boolean found = GitCommits.anyLeadsTo(repository, heads, commit);
            boolean whole = !isShallow(repository) && GitCommits.hasAll(repository, heads);
            return found || whole ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Repository> open() {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        File here = folder.get().toAbsolutePath().toFile();
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        try {
            // A folder inside of somebody else's repository is not a repository.
            builder.addCeilingDirectory(here.getParentFile()).findGitDir(here);
            return builder.getGitDir() == null ? Optional.empty() : Optional.of(builder.build());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean keepIf(Repository repository, boolean good) {
        if (!good) {
            repository.close();
        }
        return good;
    }

    private static boolean hasAll(Repository repository, ObjectId... commits) {
        try {
            for (ObjectId commit : commits) {
                if (!GitCommits.has(repository, commit)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isShallow(Repository repository) {
        try {
            return !repository.getObjectDatabase().getShallowCommits().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isPartial(Repository repository) {
        StoredConfig config = repository.getConfig();
        return config.getString("extensions", null, "partialClone") != null
                || config.getSubsections("remote").stream()
                        .anyMatch(remote -> config.getBoolean("remote", remote, "promisor", false));
    }
}
