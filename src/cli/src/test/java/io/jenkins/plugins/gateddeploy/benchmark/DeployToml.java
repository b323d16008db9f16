package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import java.nio.file.Path;

/** What the product is told. */
final class DeployToml {
    private DeployToml() {}

    /** {@return the application of scenario A} */
    static String pulled(Site site, int count, Path path, Path repository) {
        return Application.deployToml(path, repository, site.targets(count));
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
