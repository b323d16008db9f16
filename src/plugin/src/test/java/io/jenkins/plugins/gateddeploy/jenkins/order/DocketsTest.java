package io.jenkins.plugins.gateddeploy.jenkins.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocketsTest {
    private static final Docket DOCKET = new Docket(
            "3f1f6a52-40e5-4d3b-9d0e-6c7a6c1f2b11",
            new Docket.Origin("shop#7", "12"),
            "production",
            "deploy.toml",
            "app = \"shop\"\n# Grüße\n",
            new Start("web", "deployer"));

    @TempDir
    private Path directory;

    @Test
    void findsWhatItHasKept() {
        Dockets dockets = new Dockets(directory.resolve("dockets"));
        assertThat(dockets.all()).isEmpty();
        dockets.keep(DOCKET);
        dockets.keep(DOCKET);

        assertThat(dockets.all()).containsExactly(DOCKET);
        assertThat(dockets.of("shop#7")).containsExactly(DOCKET);
        assertThat(dockets.of("shop#8")).isEmpty();
        dockets.forget(DOCKET.deployment());
        assertThat(dockets.all()).isEmpty();
    }

    @Test
    void keepsOthersOfTheMachineFromReadingIt() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX file system");
        Path place = directory.resolve("dockets");
        new Dockets(place).keep(DOCKET);

        assertThat(permissions(place)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(place)) {
            List<Path> all = files.toList();
            assertThat(all)
                    .hasSize(1)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
