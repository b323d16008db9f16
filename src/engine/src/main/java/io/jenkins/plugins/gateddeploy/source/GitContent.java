package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A commit's files, through one reader of the repository. */
final class GitContent implements Content {
    /** Larger blobs are streamed; a smaller one is at hand whole while it is read, with its delta base at worst. */
    private static final int STREAMED_FROM = 16 << 20;

    private final Repository repository;
    private final ObjectReader reader;
    private final ObjectId tree;
    private String loadedIdentity;
    private ObjectLoader loaded;

    private GitContent(Repository repository, ObjectReader reader, ObjectId tree) {
        this.repository = repository;
        this.reader = reader;
        this.tree = tree;
    }

    static GitContent open(GitContentSource source) throws IOException {
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(new File(source.gitDirectory()))
                .setMustExist(true)
                .build();
        ObjectReader reader = repository.newObjectReader();
        try (RevWalk walk = new RevWalk(reader)) {
            reader.setStreamFileThreshold(STREAMED_FROM);
            ObjectId tree =
                    walk.parseCommit(ObjectId.fromString(source.commit())).getTree();
            return new GitContent(repository, reader, tree);
        } catch (IOException | RuntimeException e) {
            reader.close();
            repository.close();
            throw e;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException when the repository cannot be read; with a {@link ProblemException} as its cause when it holds
     *     what cannot be deployed
     */
    @Override
    public List<FileEntry> files() throws IOException {
        try {
            return list();
        } catch (ProblemException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    List<FileEntry> list() throws IOException, ProblemException {
        return GitTree.list(reader, tree);
    }

    @Override
    public long size(FileEntry file) throws IOException {
        return load(file).getSize();
    }

    @Override
    public InputStream read(FileEntry file) throws IOException {
        InputStream content = load(file).openStream();
        loaded = null;
        loadedIdentity = null;
        return content;
    }

    /** Asking for the size finds the object already; reading it then must not find it a second time. */
    private ObjectLoader load(FileEntry file) throws IOException {
        if (!file.identity().equals(loadedIdentity)) {
            loaded = reader.open(ObjectId.fromString(file.identity()), Constants.OBJ_BLOB);
            loadedIdentity = file.identity();
        }
        return loaded;
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }
}
