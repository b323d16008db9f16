package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a release as they are on one target. */
final class ReleaseFiles implements Files {
    /** What comes over the network for a check, and is held in memory twice on the way. */
    private static final int MOST_FROM_TARGET = 16 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(25);
    private static final int NO_FILE = 44;
    private static final int A_LINK = 45;

    private final Remote remote;
    private final CurrentReleases.Standing standing;
    private final String directory;

    ReleaseFiles(Remote remote, CurrentReleases.Standing standing, String base) {
        this.remote = remote;
        this.standing = standing;
        this.directory = base + "/current";
    }

    @Override
    public String version() {
        return "release " + standing.release() + " on " + standing.target().name();
    }

    /** Releases of other tools may have any names; with a NUL between them nothing is mistaken. */
    @Override
    public List<String> paths() throws IOException {
        String script = "cd " + Shell.quote(directory) + "/ && find . -type f -exec printf '%s\\0' {} + | base64";
        Outcome.Exited exited = ran("list files", script);
        if (exited.code() != 0) {
            throw new IOException("The files of " + version() + " cannot be listed: "
                    + exited.stderr().strip());
        }
        String all = new String(decoded(exited), java.nio.charset.StandardCharsets.UTF_8);
        return Arrays.stream(all.split("\0"))
                .filter(path -> path.startsWith("./"))
                .map(path -> path.substring(2))
                .sorted()
                .toList();
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException, ProblemException {
        String file = Shell.quote("./" + path);
        // A current that was switched meanwhile would answer for another release.
        String script = "cd -P " + Shell.quote(directory) + "/ && test \"${PWD##*/}\" = "
                + Shell.quote(standing.release()) + " || exit 1\n"
                + "test ! -L " + file + " || exit " + A_LINK + "\n"
                + "test -f " + file + " || exit " + NO_FILE + "\n"
                + "head -c " + (MOST_FROM_TARGET + 1) + " < " + file + " | base64";
        Outcome.Exited exited = ran("read a file", script);
        return switch (exited.code()) {
            case 0 -> Optional.of(whole(path, decoded(exited)));
            case NO_FILE -> Optional.empty();
            case A_LINK -> throw Unreadable.link(path, version());
            default ->
                throw new IOException(path + " of " + version() + " cannot be read: "
                        + (exited.stderr().isBlank()
                                ? "it is not current any more"
                                : exited.stderr().strip()));
        };
    }

    private byte[] whole(String path, byte[] bytes) throws ProblemException {
        if (bytes.length > MOST_FROM_TARGET) {
            throw Unreadable.tooLarge(path, version(), MOST_FROM_TARGET);
        }
        return bytes;
    }

    private static byte[] decoded(Outcome.Exited exited) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(exited.stdout());
        } catch (IllegalArgumentException e) {
            throw new IOException("What base64 printed cannot be read", e);
        }
    }

    private Outcome.Exited ran(String name, String script) throws IOException {
        try {
            Outcome outcome = remote.run(Map.of(standing.target(), Command.of(name, script, TIMEOUT)))
                    .get(standing.target());
            if (outcome instanceof Outcome.Exited exited) {
                return exited;
            }
            throw new IOException(standing.target().name() + ": " + outcome.describe());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading " + version() + " was interrupted", e);
        }
    }
}
