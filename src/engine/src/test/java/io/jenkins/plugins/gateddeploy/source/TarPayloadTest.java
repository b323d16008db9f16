package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.source.TarPayload.Layout;
import io.jenkins.plugins.gateddeploy.source.TarPayload.Literal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarPayloadTest {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");
    private static final Layout LAYOUT = new Layout(
            "release/",
            "manifest",
            TIME,
            List.of(new Literal("reuse", "a\0b\0")),
            List.of(new Literal("complete", "")));
    /** Prints mode, type, link target, size, time and SHA-256 of everything, as the file system has it. */
    private static final String LIST =
            "find . ! -type d -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' f; do stat -c '%a %F %s %Y' -- \"$f\";"
                    + " printf '%s\\n' \"$f\"; if [ -L \"$f\" ]; then readlink -- \"$f\"; else sha256sum < \"$f\"; fi; done";

    @TempDir
    Path folder;

    private SampleRepository sample;

    @BeforeEach
    void makeRepository() {
        sample = SampleRepository.create(folder.resolve("sample.git"));
    }

    @AfterEach
    void closeRepository() {
        sample.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "busybox tar"})
    void everyNameSurvivesARealTar(String tar) throws Exception {
        RealPrograms.require(tar.startsWith("busybox") ? "busybox" : "tar", "bash");
        String deep = "deep/".repeat(60) + "n".repeat(150) + ".txt";
        sample.file("plain.txt", "plain")
                .executable("bin/run me", "#!/bin/sh\n")
                .file("with \"quotes\" and 'more'", "q")
                .file("line\nbreak", "l")
                .file("back\\slash", "b")
                .file("ünï/日本語 😀.txt", "u")
                .file("-rf", "dash")
                .file("empty", "")
                .file(deep, "deep")
                .link("link", "plain.txt")
                .link("dangling", "/nowhere/" + "x".repeat(150))
                .link("ünlink", "ünï");
        sample.commit("Names");
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));

        byte[] stream = write(payload());
        Programs.run(unpacked, stream, "bash", "-c", tar + " -xf -");

        String found = Programs.text(unpacked, "bash", "-c", LIST);
        String when = " " + TIME.getEpochSecond() + "\n";
        assertThat(found)
                .contains("644 regular file 5" + when + "./release/plain.txt\n")
                .contains("755 regular file 10" + when + "./release/bin/run me\n")
                .contains("./release/with \"quotes\" and 'more'\n")
                .contains("./release/line\nbreak\n")
                .contains("./release/back\\slash\n")
                .contains("./release/ünï/日本語 😀.txt\n")
                .contains("./release/-rf\n")
                .contains("644 regular empty file 0" + when + "./release/empty\n")
                .contains("./release/" + deep + "\n")
                .contains("./release/link\nplain.txt\n")
                .contains("./release/dangling\n/nowhere/" + "x".repeat(150) + "\n")
                .contains("./release/ünlink\nünï\n")
                .contains("./reuse\n")
                .contains("./complete\n");
    }

    @Test
    void theManifestHoldsTheHashesOfWhatWasSent() throws Exception {
        RealPrograms.require("tar", "sh", "sha256sum");
        String commit =
                sample.file("a b", "hello").executable("x", "").link("l", "a b").commit("Files");
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));

        Programs.run(unpacked, write(payload()), "tar", "-xf", "-");

        Manifest manifest = Manifest.parse(Files.readAllBytes(unpacked.resolve("manifest")));
        try (Content content = new GitContentSource(sample.path().toString(), commit).open()) {
            assertThat(manifest.lines()).extracting(Manifest.Line::file).isEqualTo(content.files());
        }
        for (Manifest.Line line : manifest.lines()) {
            boolean isLink = line.file().kind() == FileEntry.Kind.LINK;
            String program = isLink ? "printf %s \"$(readlink \"$0\")\" | sha256sum" : "sha256sum < \"$0\"";
            String sum = Programs.text(
                    unpacked.resolve("release"),
                    "sh",
                    "-c",
                    program,
                    line.file().path());
            assertThat(sum).startsWith(line.sha256());
        }
    }

    @Test
    void aLargeFileIsStreamed() throws Exception {
        byte[] large = new byte[40 << 20];
        new java.util.Random(1).nextBytes(large);
        sample.file("large", large).commit("Large");
        sample.pack();

        long[] count = new long[1];
        payload().writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                count[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                assertThat(length).isLessThanOrEqualTo(1 << 16);
                count[0] += length;
            }
        });

        assertThat(count[0]).isGreaterThan(large.length);
    }

    @Test
    void travelsToAnotherProcess() throws Exception {
        sample.file("a", "hello").commit("Files");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(payload());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(write((TarPayload) in.readObject())).isEqualTo(write(payload()));
        }
    }

    @Test
    void aFileThatChangesWhileItIsSentIsAnError() throws Exception {
        Path build = Files.createDirectory(folder.resolve("build"));
        Files.writeString(build.resolve("same"), "same");
        Files.writeString(build.resolve("touched"), "1234");
        Version version = new FolderSource(build.toString(), List.of(), List.of()).read(Clock.systemUTC());
        TarPayload payload = new TarPayload(version.content(), files(version), LAYOUT);
        assertThat(write(payload)).isNotEmpty();

        for (String other : List.of("4321", "12345", "123", "")) {
            Files.writeString(build.resolve("touched"), other);
            assertThatThrownBy(() -> write(payload))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot send \"touched\"")
                    .hasMessageContaining("has changed since the folder was read");
        }
    }

    @Test
    void saysWhatItIsWithoutItsContent() throws Exception {
        sample.file("a", "hello").commit("Files");

        assertThat(payload().describe()).isEqualTo("tar of 1 file below release/");
    }

    private TarPayload payload() throws Exception {
        GitSource source = new GitSource(GitLocation.of(sample.path().toString(), folder.resolve("cache")));
        Version version = source.resolve("main");
        return new TarPayload(version.content(), files(version), LAYOUT);
    }

    private static List<FileEntry> files(Version version) throws IOException {
        try (Content content = version.content().open()) {
            return content.files();
        }
    }

    private static byte[] write(TarPayload payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        payload.writeTo(out);
        return out.toByteArray();
    }
}
