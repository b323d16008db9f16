package io.jenkins.plugins.gateddeploy.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.source.FileEntry.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String SHA = "ab".repeat(32);

    @Test
    void readsWhatItWrote() throws Exception {
        Manifest manifest = new Manifest(List.of(
                new Manifest.Line(new FileEntry("a b", Kind.FILE, "id1"), SHA),
                new Manifest.Line(new FileEntry("line\nbreak \\ ünï 😀", Kind.EXECUTABLE, "id2"), SHA),
                new Manifest.Line(new FileEntry(" leading", Kind.LINK, "id3"), SHA)));

        assertThat(Manifest.parse(manifest.toBytes())).isEqualTo(manifest);
        assertThat(new String(manifest.toBytes(), UTF_8)).startsWith(SHA + " F id1 a b\0" + SHA + " X id2 line\n");
        assertThat(Manifest.parse(new byte[0])).isEqualTo(Manifest.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x F id a\0", "SHA Q id a\0", "SHA F id\0", "SHA F id \0", "SHA F  a\0", "\0", "SHA F id a\0\0"})
    void refusesDamagedRecords(String text) {
        assertThatThrownBy(() -> Manifest.parse(text.replace("SHA", SHA).getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("(?s)Record [12] of the manifest should be .*");
    }

    @Test
    void noticesThatTheEndIsMissing() {
        assertThatThrownBy(() -> Manifest.parse((SHA + " F id a\0" + SHA + " F id b").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage("The manifest ends in the middle of record 2.");
    }
}
