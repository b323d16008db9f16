package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that changed long enough ago are not hashed again; what changes nevertheless is noticed. */
class StampTest {
    /** More than a buffer of whoever reads. */
    private static final int LENGTH = 200_000;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        assumeTrue(Stamp.isKnown(folder), "needs a Unix file system");
        file = Files.writeString(folder.resolve("app.jar"), "a".repeat(LENGTH));
        settle();
    }

    @Test
    void aStampSettlesAfterTwoSeconds() {
        Stamp stamp = new Stamp(10_000_000_000L, 1, 1);

        assertThat(stamp.isSettled(11_999)).isFalse();
        assertThat(stamp.isSettled(12_000)).isTrue();
        assertThat(stamp.isSettled(1)).as("a file from the future").isFalse();
    }

    @Test
    void aFileOfAMomentAgoHasNone() throws Exception {
        Files.writeString(folder.resolve("new"), "x");

        assertThat(FolderScan.scan(source())).extracting(FolderFile::stamp).satisfies(stamps -> {
            assertThat(stamps.get(0)).isEqualTo(Stamp.of(file).orElseThrow());
            assertThat(stamps.get(1)).isNull();
        });
    }

    @Test
    void whatItWasIsRemembered() throws Exception {
        String id = read().revision().id();
        Stamp stamp = Stamp.of(file).orElseThrow();

        String sha256 = HashMemory.ofThisJvm().recall(file, stamp).orElseThrow();
        assertThat(FolderScan.scan(source()).get(0).entry().identity()).isEqualTo(sha256);
        assertThat(HashMemory.ofThisJvm().recall(file, new Stamp(stamp.changed() + 1, LENGTH, stamp.inode())))
                .isEmpty();
        assertThat(read().revision().id()).isEqualTo(id);
    }

    /** As {@code rsync} and others who go by size and time of modification would not notice it. */
    @Test
    void otherContentOfTheSameSizeAndTimeIsNoticed() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Version before = read();
        Files.writeString(file, "b".repeat(LENGTH));
        Files.setLastModifiedTime(file, time);
        settle();

        assertThat(read().revision().id()).isNotEqualTo(before.revision().id());
        assertThatThrownBy(() -> content(before)).hasMessageContaining("app.jar has changed");
    }

    @Test
    void anotherFileInItsPlaceIsNoticed() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "b".repeat(LENGTH));
        settle(other);
        Version before = read();
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> content(before)).hasMessageContaining("app.jar has changed");
    }

    @Test
    void anotherModeOrNameIsNoChange() throws Exception {
        Version before = read();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.createLink(folder.resolve("backup"), file);

        assertThat(content(before)).isEqualTo("a".repeat(LENGTH));
    }

    @Test
    void aChangeWhileItIsReadIsNoticed() throws Exception {
        try (Content content = read().content().open();
                InputStream in = content.read(content.files().get(0))) {
            in.readNBytes(10);
            Files.writeString(file, "b".repeat(LENGTH));

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("app.jar has changed");
        }
    }

    private FolderSource source() {
        return new FolderSource(folder.toString(), List.of(), List.of());
    }

    private Version read() throws Exception {
        return source().read(Clock.systemUTC());
    }

    private static String content(Version version) throws IOException {
        try (Content content = version.content().open();
                InputStream in = content.read(content.files().get(0))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void settle() {
        settle(file);
    }

    private static void settle(Path file) {
        await().until(() -> Stamp.of(file).orElseThrow().isSettled(System.currentTimeMillis()));
    }
}
