package io.jenkins.plugins.gateddeploy.cli.host;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where this command keeps what it must remember, readable by its user alone.
 *
 * @param directory absolute
 */
public record Home(Path directory) {
    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    /** {@return the directory of the history's database} */
    public Path history() {
        return directory.resolve("history");
    }

    /** {@return the directory of the logs of deployments} */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** {@return the directory of clones of repositories} */
    public Path cache() {
        return directory.resolve("cache");
    }

    /** {@return the file that credential ids are looked up in} */
    public Path credentials() {
        return directory.resolve("credentials.toml");
    }

    /** {@return the file that says how people are told what happens} */
    public Path notifications() {
        return directory.resolve("notify.toml");
    }

    /**
     * Makes the directory unless it is there.
     *
     * @throws ProblemException when it cannot be made
     */
    public void create() throws ProblemException {
        try {
            createPrivately(directory);
        } catch (IOException e) {
            throw new ProblemException(
                    "home.unusable",
                    "The home directory " + directory + " cannot be made: " + e + ".",
                    "Name another with --home or GATED_DEPLOY_HOME.");
        }
    }

    /** Makes a directory with all above it that is missing, each for the owner alone. */
    private static void createPrivately(Path directory) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }
}
