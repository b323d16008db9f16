package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AboutTest {
    private static final About ABOUT = new About(
            "20260101T000000Z-abcd111",
            "shop",
            "production",
            "abcd111",
            "main",
            "",
            "Subject",
            "ada",
            "digest",
            List.of(),
            new TreeMap<>(),
            List.of(),
            Optional.empty(),
            List.of());

    @Test
    void readsWhatWasWrittenBeforeSkippedTasksWereNoted() {
        String old = CanonicalJson.write(ABOUT).replace(",\"skipped\":[]", "");

        assertThat(old).doesNotContain("skipped");
        assertThat(CanonicalJson.read(old, About.class)).isEqualTo(ABOUT);
    }
}
