package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.source.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@link Development} in a directory of this machine, outside any build.
 *
 * @param directory where somebody works
 */
public record WorkspaceDevelopment(Path directory) implements Development {

    @Override
    public Optional<Result> result() {
        return Optional.empty();
    }

    @Override
    public List<Report> reports(List<String> patterns) throws IOException {
        return new Workspace(directory)
                .matching(patterns).stream().map(this::report).toList();
    }

    private Report report(String path) {
        return new Report() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public InputStream open() throws IOException {
                return java.nio.file.Files.newInputStream(directory.resolve(path));
            }
        };
    }

    @Override
    public Optional<List<String>> uncommitted() throws IOException {
        return new Workspace(directory).uncommitted();
    }
}
