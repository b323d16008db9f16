package io.jenkins.plugins.gateddeploy.benchmark;

import java.nio.file.Path;

/** What the product is told. */
final class DeployToml {
    private DeployToml() {}

    /** {@return the application of scenario A} */
    static String pulled(Site site, int count, Path path, Path repository) {
        return """
                app = "benchmark"

                [source]
                repository = "%s"
                mode = "pull"

                [release]
                path = "%s"
                keep = %d
                shared = ["storage/"]

                [tasks]
                build = "%s"
                restart = { run = "%s", at = "switched" }

                [environments.production]
                targets = %s
                """.formatted(
                repository, path, Application.KEEP - 1, Application.BUILD, Application.RESTART, site.listed(count));
    }

    /**
     * {@return a tree of files and nothing else}
     *
     * @param reuse {@code copy} or {@code link}
     */
    static String pushed(Site site, int count, Path path, String reuse) {
        return """
                app = "benchmark"

                [release]
                path = "%s"
                reuse = "%s"

                [environments.production]
                targets = %s
                """.formatted(path, reuse, site.listed(count));
    }
}
