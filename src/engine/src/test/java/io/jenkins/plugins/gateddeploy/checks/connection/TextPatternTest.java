package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {

    @ParameterizedTest
    @CsvSource({
        "https://*.example.org, https://shop.example.org, true",
        "https://*.example.org, https://a.b.example.org, true",
        "https://*.example.org, https://.example.org, false",
        "https://*.example.org, https://example.org, false",
        "https://*.example.org, https://evil.net/.example.org, false",
        "https://*.example.org, https://evil.net?.example.org, false",
        "https://*.example.org, https://evil.net#.example.org, false",
        "https://*.example.org, https://evil.net\\.example.org, false",
        "https://*.example.org, https://a:b@c.example.org, false",
        "https://*.example.org, https://shop.example.org.evil.net, false",
        "https://*.example.org, http://shop.example.org, false",
        "https://shop.example.org/**, https://shop.example.org/, true",
        "https://shop.example.org/**, https://shop.example.org/a/b?c=d#e, true",
        "app-*, app-, false",
        "app-*, app-1, true",
        "\\*.example.org, *.example.org, true",
        "\\*.example.org, a.example.org, false",
        "a**b*c, axxbyc, true",
        "a**b*c, abc, false",
        "**, '', true",
    })
    void matchesOnlyWhatWasMeant(String pattern, String text, boolean expected) {
        assertThat(new TextPattern(pattern).matches(text)).isEqualTo(expected);
    }

    @Property
    void matchesEveryTextWithoutGapsItselfAlone(@ForAll String text, @ForAll String other) {
        String literal = text.replace("\\", "").replace("*", "");

        assertThat(new TextPattern(literal).matches(literal)).isTrue();
        assertThat(new TextPattern(literal).matches(other)).isEqualTo(literal.equals(other));
    }

    @Test
    void takesNoLongerForAHostilePattern() {
        TextPattern pattern = new TextPattern("**a".repeat(300) + "b");
        String text = "a".repeat(60_000);

        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThat(pattern.matches(text)).isFalse());
    }
}
