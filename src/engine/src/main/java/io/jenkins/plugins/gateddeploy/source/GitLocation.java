package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a {@link GitSource} reads from, as whom, and what it may use on this machine.
 *
 * @param repository a URL (http, https, ssh, git, file), {@code user@host:path}, or a path
 * @param credential how to log in; empty for a repository that everybody may read
 * @param cache the folder of the bare clones, made when it is missing
 * @param knownHosts the files of host keys for ssh; without one every ssh host is unknown and refused
 * @param workspace a repository on this machine that is read first when it holds the commit
 */
public record GitLocation(
        String repository,
        Optional<GitCredential> credential,
        Path cache,
        List<Path> knownHosts,
        Optional<Path> workspace) {
    public GitLocation {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(cache, "cache");
        knownHosts = List.copyOf(knownHosts);
        Objects.requireNonNull(workspace, "workspace");
    }

    /** {@return a repository that is read without logging in} */
    public static GitLocation of(String repository, Path cache) {
        return new GitLocation(repository, Optional.empty(), cache, List.of(), Optional.empty());
    }

    /** {@return the same, read with a credential} */
    public GitLocation withCredential(GitCredential with) {
        return new GitLocation(repository, Optional.of(with), cache, knownHosts, workspace);
    }

    /** {@return the same, with host keys for ssh} */
    public GitLocation withKnownHosts(Path... files) {
        return new GitLocation(repository, credential, cache, List.of(files), workspace);
    }

    /** {@return the same, with a repository that is read first} */
    public GitLocation withWorkspace(Path repositoryHere) {
        return new GitLocation(repository, credential, cache, knownHosts, Optional.of(repositoryHere));
    }

    /** {@return nothing of the address, which may hold a password} */
    @Override
    public String toString() {
        return "git repository, kept in " + cache;
    }
}
