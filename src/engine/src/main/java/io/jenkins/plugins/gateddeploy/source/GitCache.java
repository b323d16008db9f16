package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FileUtils;

/**
 * The bare clone of one repository. Whoever changes it holds the lock file beside it, so that two processes may use
 * one folder; whoever reads it needs no lock, as git only adds.
 */
final class GitCache {
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Path directory;
    private final Path lockFile;
    private final GitRemote remote;

    GitCache(Path folder, String name, GitRemote remote) {
        this.directory = folder.toAbsolutePath().resolve(name + ".git");
        this.lockFile = folder.toAbsolutePath().resolve(name + ".lock");
        this.remote = remote;
    }

    /** {@return the clone, made empty when it is missing and anew when it is broken; to be closed} */
    Repository open() throws IOException, InterruptedException {
        if (isUsable()) {
            return existing();
        }
        try (Lock lock = lock()) {
            assert lock.held();
            if (!isUsable()) {
                remake();
            }
            return existing();
        }
    }

    /** {@return the server} */
    GitRemote remote() {
        return remote;
    }

    /** {@return what the server has, by full name; with {@code HEAD}} */
    Map<String, Ref> remoteRefs() throws ProblemException, IOException, InterruptedException {
        try (Repository repository = open()) {
            return remote.refs(repository);
        }
    }

    /** Brings every branch and tag here, and forgets those that the server no longer has. */
    void fetch() throws ProblemException, IOException, InterruptedException {
        open().close();
        try (Lock lock = lock()) {
            assert lock.held();
            try (Repository repository = existing()) {
                remote.fetch(repository);
                if (isWhole(repository)) {
                    return;
                }
            } catch (ProblemException e) {
                if (isWhole()) {
                    throw e;
                }
            }
            remake();
            try (Repository repository = existing()) {
                remote.fetch(repository);
            }
        }
    }

    /** Brings one commit here that no branch or tag leads to. */
    void fetchCommit(ObjectId commit) throws ProblemException, IOException, InterruptedException {
        try (Lock lock = lock();
                Repository repository = existing()) {
            assert lock.held();
            remote.fetchCommit(repository, commit);
        }
    }

    /** Throws away what is here and fetches it again. */
    void renew() throws ProblemException, IOException, InterruptedException {
        try (Lock lock = lock()) {
            assert lock.held();
            remake();
            try (Repository repository = existing()) {
                remote.fetch(repository);
            }
        }
    }

    private boolean isUsable() {
        if (!Files.isRegularFile(directory.resolve("HEAD"))) {
            return false;
        }
        try (Repository repository = existing()) {
            return repository.getObjectDatabase().exists();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private boolean isWhole() {
        try (Repository repository = existing()) {
            return isWhole(repository);
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return whether every branch and tag leads to an object that is there and can be read} */
    private static boolean isWhole(Repository repository) {
        try (RevWalk walk = new RevWalk(repository)) {
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null) {
                    walk.parseAny(ref.getObjectId());
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Repository existing() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    private void remake() throws IOException {
        FileUtils.delete(directory.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            // Packs may be replaced only while the lock is held, not by a thread that outlives it.
            config.setBoolean("gc", null, "autoDetach", false);
            config.save();
        }
    }

    private Lock lock() throws IOException, InterruptedException {
        Files.createDirectories(lockFile.getParent());
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = tryLock(channel);
            while (held == null) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
                held = tryLock(channel);
            }
            return new Lock(channel, held);
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return null;
        }
    }

    /** The lock file, locked. */
    private record Lock(FileChannel channel, FileLock lock) implements AutoCloseable {
        boolean held() {
            return lock.isValid();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
