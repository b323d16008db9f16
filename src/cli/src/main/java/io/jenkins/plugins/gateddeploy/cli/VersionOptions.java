package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which version. */
final class VersionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "Branch, tag or commit. Default: the environment's branch, else the default branch")
    private String ref;

    @Option(names = "--source", paramLabel = "DIR", description = "This folder instead of a commit.")
    private Path source;

    @Option(names = "--include", paramLabel = "PATTERN", description = "Of the folder, only what matches (dist/**).")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Of the folder, not what matches.")
    private List<String> exclude = List.of();

    /** @throws ParameterException when options exclude each other */
    void check() {
        if (source != null && ref != null) {
            throw new ParameterException(spec.commandLine(), "--source and --ref exclude each other.");
        }
        if (source == null && !(include.isEmpty() && exclude.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--include and --exclude need --source.");
        }
    }

    /** {@return whether it is a folder's content, for which no repository is needed} */
    boolean isFolder() {
        return source != null;
    }

    /** @param git null for a folder */
    Version find(GitSource git, Configuration configuration) throws ProblemException, InterruptedException {
        if (git == null) {
            String folder = source.toAbsolutePath().normalize().toString();
            return new FolderSource(folder, include, exclude).read(Clock.systemUTC());
        }
        return git.resolve(ref != null ? ref : configuration.branch().orElse(null));
    }
}
