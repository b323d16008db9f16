package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.FilePath;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.config.QueueRules;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds deploy.toml. */
final class Configurations {
    /** Above what the engine takes, so that it is the engine that says so. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private Configurations() {}

    /**
     * A deploy.toml that was found.
     *
     * @param name for messages
     * @param text all of it
     */
    record Source(String name, String text) {

        /** {@return the file that a stream holds} */
        static Source of(String name, InputStream in) throws ProblemException, IOException {
            try {
                byte[] bytes = in.readNBytes(MOST_BYTES);
                return new Source(
                        name,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            } catch (CharacterCodingException e) {
                throw new ProblemException("config.syntax", name + " is not UTF-8.", "Save it as UTF-8.");
            }
        }

        /** {@return what it says for an environment} */
        Configuration configuration(String environment) throws ProblemException {
            return DeployFile.parse(name, text).configuration(environment);
        }

        /** {@return how deployments to an environment wait for one another} */
        QueueRules queue(String environment) throws ProblemException {
            return DeployFile.parse(name, text).queue(environment);
        }
    }

    /**
     * {@return the application as its deploy.toml describes it: of the workspace, else of the revision that the build
     * is of}
     *
     * @throws ProblemException when there is none, or something is wrong in it
     */
    static Application read(Site site, Destination to) throws ProblemException, IOException, InterruptedException {
        WorkspacePath.check(to.config());
        Checkouts checkouts = Checkouts.of(site.build(), site.variables());
        ScmReader.Found found = site.workspace().isPresent()
                ? new ScmReader.Found(read(site.workspace().get(), to.config()), Optional.empty())
                : new ScmReader(site.build(), checkouts).read(to.config());
        Configuration configuration = found.file().configuration(to.environment());
        return new Application(site, found.file(), configuration, checkouts, found.commit());
    }

    private static Source read(FilePath workspace, String path)
            throws ProblemException, IOException, InterruptedException {
        FilePath file = WorkspacePath.in(workspace, path);
        if (!file.exists()) {
            throw new ProblemException(
                    "config.file",
                    "There is no " + path + " in the workspace " + workspace + ".",
                    "Check out the application first, or name the file with config.");
        }
        try (InputStream in = file.read()) {
            return Source.of(path, in);
        }
    }
}
