package io.jenkins.plugins.gateddeploy.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A git repository with three versions of a small web page. */
final class SampleRepository {
    private static final PersonIdent AUTHOR = new PersonIdent("Ada Example", "ada@example.org");

    private SampleRepository() {}

    static void make(Path directory) throws IOException {
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            version(git, "v1", "Say hello", "Hello from v1", "ok");
            version(git, "v2", "Rewrite everything over the weekend", "Hello from v2", "the database is gone");
            version(git, "v3", "Put the database back", "Hello from v3", "ok");
        } catch (GitAPIException e) {
            throw new IOException("The sample repository cannot be made", e);
        }
    }

    /** Adds a version that a job of Jenkins can take: with its deploy.toml and a Jenkinsfile. */
    static void addJenkins(Path directory, String deployToml) throws IOException {
        try (Git git = Git.open(directory.toFile());
                InputStream jenkinsfile = SampleRepository.class.getResourceAsStream("Jenkinsfile")) {
            Files.writeString(directory.resolve("deploy.toml"), deployToml);
            Files.write(directory.resolve("Jenkinsfile"), jenkinsfile.readAllBytes());
            version(git, "v4", "Deploy from Jenkins", "Hello from v4", "ok");
        } catch (GitAPIException e) {
            throw new IOException("The sample repository cannot be made", e);
        }
    }

    private static void version(Git git, String tag, String subject, String page, String health)
            throws IOException, GitAPIException {
        Path tree = git.getRepository().getWorkTree().toPath();
        Files.writeString(tree.resolve("index.html"), page + "\n");
        Files.writeString(tree.resolve("health"), health + "\n");
        Files.writeString(tree.resolve("README"), "A page that greets.\n");
        git.add().addFilepattern(".").call();
        // Whatever this machine's git settings ask for, a demo has no key to sign with and runs nobody's hooks.
        git.commit()
                .setMessage(subject)
                .setAuthor(AUTHOR)
                .setCommitter(AUTHOR)
                .setSign(false)
                .setNoVerify(true)
                .call();
        git.tag().setName(tag).setAnnotated(false).setSigned(false).call();
    }
}
