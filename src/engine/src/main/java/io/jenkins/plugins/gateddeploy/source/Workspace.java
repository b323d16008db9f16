package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.NoWorkTreeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A directory in which somebody works, on the machine where it is.
 *
 * @param directory its root
 */
public record Workspace(Path directory) {
    private static final int MOST_PATHS = 100;
    /** More than any build leaves behind that somebody means to have read. */
    private static final int MOST_FILES = 10_000;

    /**
     * {@return the files that match one of some patterns, relative with {@code /}, in their order; links are not
     * followed, and what git keeps for itself is not looked at}
     *
     * @param patterns as Apache Ant has them: {@code **}{@code /TEST-*.xml}
     * @throws IOException when the directory cannot be read, or when more files match than anybody means
     */
    public List<String> matching(List<String> patterns) throws IOException {
        PathPatterns wanted = new PathPatterns(patterns);
        Set<String> found = new TreeSet<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.endsWith(Constants.DOT_GIT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = directory.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile() && wanted.matches(path)) {
                    found.add(path);
                    if (found.size() > MOST_FILES) {
                        throw new IOException("More than " + MOST_FILES + " files match " + String.join(", ", patterns)
                                + "; name them more narrowly.");
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found);
    }

    /**
     * {@return what differs from the commit that is checked out, as {@code git status} says it, at most a hundred paths;
     * empty when this is not the root of a git work tree}
     *
     * @throws IOException when the repository cannot be read
     */
    public Optional<List<String>> uncommitted() throws IOException {
        Path git = directory.resolve(Constants.DOT_GIT);
        if (!Files.exists(git)) {
            return Optional.empty();
        }
        try (Repository repository = new FileRepositoryBuilder()
                        .setWorkTree(directory.toFile())
                        .findGitDir(directory.toFile())
                        .setMustExist(true)
                        .build();
                Git commands = new Git(repository)) {
            Status status = commands.status().call();
            Set<String> paths = new TreeSet<>(status.getUncommittedChanges());
            paths.addAll(status.getUntracked());
            return Optional.of(List.copyOf(new ArrayList<>(paths).subList(0, Math.min(paths.size(), MOST_PATHS))));
        } catch (GitAPIException | NoWorkTreeException e) {
            throw new IOException("What is not committed in " + directory + " cannot be told: " + e.getMessage(), e);
        }
    }
}
