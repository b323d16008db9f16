package io.jenkins.plugins.gateddeploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private static final String AWKWARD = "p'a\"s s/w+o\\rd&ü$1";

    @Test
    void replacesASecretWhereverItStands() {
        assertThat(masking("hunter2").mask("hunter2 in the middle hunter2, hunter2hunter2"))
                .isEqualTo("**** in the middle ****, ********");
        String nothing = "no secret: hunter";
        assertThat(masking("hunter2").mask(nothing)).isSameAs(nothing);
        assertThat(masking().mask(nothing)).isSameAs(nothing);
    }

    @Test
    void takesTheLongestAndAllThatOverlappingSecretsCover() {
        assertThat(masking("pass", "password").mask("a password, a pass")).isEqualTo("a ****, a ****");
        assertThat(masking("abcdef", "defghi", "cde").mask("xabcdefghix")).isEqualTo("x****x");
        assertThat(masking("aaa").mask("aaaaa b")).isEqualTo("**** b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AWKWARD,
                "p%27a%22s%20s%2Fw%2Bo%5Crd%26%C3%BC%241",
                "p%27a%22s+s%2Fw%2Bo%5Crd%26%C3%BC%241",
                "p%27a%22s%20s%2fw%2bo%5crd%26%c3%bc%241",
                "p'\\''a\"s s/w+o\\rd&ü$1",
                "p'a\\\"s s/w+o\\\\rd&ü\\$1",
                "p\\'a\\\"s\\ s/w+o\\\\rd\\&\\ü\\$1",
                "p'a\\\"s s\\/w+o\\\\rd&ü$1",
                "p'a\\\"s s/w+o\\\\rd&\\u00fc$1",
                "p'a&quot;s s/w+o\\rd&amp;ü$1",
            })
    void replacesTheFormsInWhichProgramsPrintIt(String form) {
        assertThat(masking(AWKWARD).mask("<" + form + ">")).isEqualTo("<****>");
    }

    @Test
    void replacesBase64WhereverTheSecretBeginsInIt() {
        for (String before : List.of("", "u", "us", "usr:", "alice:")) {
            for (String after : List.of("", "x", "xy", "xyz")) {
                byte[] bytes = (before + "correct-horse-battery" + after).getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getEncoder().encodeToString(bytes);

                String masked = masking("correct-horse-battery").mask("Authorization: Basic " + encoded);

                assertThat(masked).as(before + "," + after).contains("****").hasSizeLessThan(40);
            }
        }
    }

    @Test
    void replacesEachLineOfASecretWithSeveral() {
        Masking masking = masking("-----BEGIN KEY-----\n  b3BlbnNzaC1rZXk\r\n}\nAAAA\n-----END KEY-----\n");

        assertThat(masking.mask("key b3BlbnNzaC1rZXk")).isEqualTo("key ****");
        assertThat(masking.mask("AAAA")).isEqualTo("****");
        assertThat(masking.mask("if (x) { y }")).isEqualTo("if (x) { y }");
        assertThat(masking("{\n\"token\": \"a/b\"\n}").mask("{\\n\\\"token\\\": \\\"a/b\\\"\\n}"))
                .isEqualTo("****");
    }

    @Test
    void leavesWhatIsTooShortToReplace() {
        assertThat(masking("", "a", "ab", "  ").mask("a cab  drives")).isEqualTo("a cab  drives");
        assertThat(masking("abc").mask("abcd")).isEqualTo("****d");
    }

    @Test
    void takesMoreLater() {
        Masking masking = masking();
        masking.add(Secret.of("hunter2"));
        assertThat(masking.mask("hunter2")).isEqualTo("****");
    }

    @Test
    void handsOnOnlyHarmlessMaskedSingleLines() {
        List<LogLine> got = new ArrayList<>();
        LogSink sink = new MaskingSink(masking("hunter2", "two\nlines"), got::add);

        sink.line(new LogLine(Instant.EPOCH, "", "hun\u0000ter2 \u001b]0;title\u0007x"));
        sink.line(new LogLine(Instant.EPOCH, "web", "a\ntwo\nlines\r\nb"));

        assertThat(got).extracting(LogLine::text).containsExactly("**** x", "a", "****", "b");
        assertThat(got.get(1).target()).isEqualTo("web");
    }

    @Property(tries = 300)
    void leavesNoFormOfAnySecretInALine(
            @ForAll @StringLength(min = 3, max = 40) String secret,
            @ForAll @AlphaChars @StringLength(max = 20) String before,
            @ForAll @AlphaChars @StringLength(max = 20) String after) {
        for (String form : List.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8))) {
            assertThat(masking(secret).mask(before + form + after)).doesNotContain(form);
        }
    }

    static Masking masking(String... secrets) {
        return new Masking(Stream.of(secrets).map(Secret::of).toList());
    }
}
