package io.jenkins.plugins.gateddeploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:15:00.123Z");

    @TempDir
    private Path directory;

    @Test
    void isReadWhileItIsWritten() throws IOException {
        Path log = directory.resolve("x.log");
        try (CourseFile file = new CourseFile(log, trouble -> {
            throw new AssertionError(trouble);
        })) {
            file.phase(TIME, "lock", 0, List.of("web-1", "web-2"));
            file.phase(TIME.plusSeconds(1), "tasks before the switch", 123, List.of("web-1", "web-2"));
            file.target(TIME.plusSeconds(2), "web-1", "install\tall\nof it");
            file.failed(TIME.plusSeconds(3), "web-2", "install");
            Files.writeString(Course.beside(log), "2026-03-01T10:1", StandardOpenOption.APPEND);

            assertThat(Course.of(log))
                    .isEqualTo(new Course(
                            List.of(
                                    new Course.Phase("lock", TIME, 0),
                                    new Course.Phase("tasks before the switch", TIME.plusSeconds(1), 123)),
                            List.of(
                                    new Course.OnTarget("web-1", "install all of it", TIME.plusSeconds(2), false),
                                    new Course.OnTarget("web-2", "install", TIME.plusSeconds(3), true))));
        }
    }

    @Test
    void isEmptyWhereNothingWasWrittenDown() throws IOException {
        assertThat(Course.of(directory.resolve("none.log"))).isEqualTo(new Course(List.of(), List.of()));
    }

    @Test
    void reportsOnceThatItCannotBeWritten() throws IOException {
        List<String> troubles = new ArrayList<>();
        Files.createDirectory(directory.resolve("x.course"));
        try (CourseFile file = new CourseFile(directory.resolve("x.log"), troubles::add)) {
            file.phase(TIME, "lock", 0, List.of("web-1"));
            file.target(TIME, "web-1", "waits");
        }
        assertThat(troubles).singleElement().asString().contains("x.course", "goes on");
    }
}
