package io.jenkins.plugins.gateddeploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T03:04:05Z"), ZoneOffset.UTC);

    private final List<LogLine> lines = new ArrayList<>();

    @Test
    void makesLinesWithTargetAndTime() {
        assertThat(split("one\ntwo\r\n\nfour")).containsExactly("one", "two", "", "four");
        assertThat(lines.get(0)).isEqualTo(new LogLine(CLOCK.instant(), "web-1", "one"));
    }

    @Test
    void handsOnACompleteLineAtOnceAndThePartialLastOneAtTheEnd() {
        LineSplitter splitter = splitter(MaskingTest.masking());
        feed(splitter, "one\ntw");
        assertThat(texts()).containsExactly("one");
        feed(splitter, "o");
        splitter.flush();
        splitter.flush();
        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void keepsTheLastStateOfAProgressBar() {
        assertThat(split("  1%\r 50%\r100%\ndone\r\r\nhalf\r")).containsExactly("100%", "done", "half");
    }

    @Property(tries = 100)
    void decodesCharactersTornBetweenChunks(@ForAll @Size(max = 12) List<@IntRange(min = 1, max = 9) Integer> sizes) {
        lines.clear();
        byte[] bytes = "Größe 日本語 😀 ende\nzweite\n".getBytes(StandardCharsets.UTF_8);
        LineSplitter splitter = splitter(MaskingTest.masking());
        int from = 0;
        for (int size : sizes) {
            int length = Math.min(size, bytes.length - from);
            splitter.bytes(bytes, from, length);
            from += length;
        }
        splitter.bytes(bytes, from, bytes.length - from);
        splitter.flush();
        assertThat(texts()).containsExactly("Größe 日本語 😀 ende", "zweite");
    }

    @Test
    void replacesBytesThatAreNoUtf8() {
        LineSplitter splitter = splitter(MaskingTest.masking());
        splitter.bytes(new byte[] {'a', (byte) 0xff, 'b', '\n', 'c', (byte) 0xe6, (byte) 0x97}, 0, 7);
        splitter.flush();
        assertThat(texts()).containsExactly("a\ufffdb", "c\ufffd");
    }

    @Test
    void takesOutWhatCouldAttackATerminalOrPage() {
        assertThat(split("a\u001b[2Jb\u0008\u0007\u0000c\td"
                        + "\n\u001b]0;evil title\u0007x\u001b]52;c;aGk=\u001b\\y"
                        + "\n\u009b31mred\u202etxt\u2066"
                        + "\n\u001b[31mred\u001b[0m plain \u001b[1;5H."
                        + "\n\u001b[8mhidden"
                        + "\n\u001b(0\u001bcreset\u001b[999999999999999999999999999999999999999999m!"
                        + "\n\u001b]never closed"
                        + "\nend\u001b"))
                .containsExactly(
                        "abc\td",
                        "xy",
                        "31mredtxt",
                        "\u001b[31mred\u001b[0m plain .",
                        "\u001b[8mhidden\u001b[0m",
                        "0reset!",
                        "never closed",
                        "end");
    }

    @Test
    void masksASecretTornBetweenChunksOrByControlCharacters() {
        LineSplitter splitter = splitter(MaskingTest.masking("hunter2"));
        feed(splitter, "a hun");
        feed(splitter, "ter2 b h\u0000unter2\n");
        assertThat(texts()).containsExactly("a **** b ****");
    }

    @Test
    void cutsALongLineWithoutTearingCharactersOrSecrets() {
        String secret = "0123456789-secret-0123456789";
        for (int shift = 0; shift < 60; shift++) {
            lines.clear();
            String filler = "x".repeat(LineSplitter.LONGEST - shift);
            String text = filler + secret + "😀".repeat(30_000) + secret + "y".repeat(50_000);
            LineSplitter splitter = splitter(MaskingTest.masking(secret));
            byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < bytes.length; from += 1000) {
                splitter.bytes(bytes, from, Math.min(1000, bytes.length - from));
            }
            assertThat(texts())
                    .allMatch(t -> t.length() <= LineSplitter.LONGEST)
                    .hasSizeGreaterThan(5);
            assertThat(texts().stream().collect(Collectors.joining())).isEqualTo(text.replace(secret, "****"));
            assertThat(texts()).noneMatch(t -> Character.isHighSurrogate(t.charAt(t.length() - 1)));
        }
    }

    @Test
    void handsOnALineWithoutEndPieceByPiece() {
        LineSplitter splitter = splitter(MaskingTest.masking("xxx"));
        for (int i = 0; i < 100; i++) {
            feed(splitter, "x".repeat(10_000));
        }
        assertThat(texts()).hasSizeGreaterThan(10).noneMatch(t -> t.contains("x"));
    }

    private List<String> split(String text) {
        LineSplitter splitter = splitter(MaskingTest.masking());
        feed(splitter, text);
        splitter.flush();
        return texts();
    }

    private LineSplitter splitter(Masking masking) {
        return new LineSplitter("web-1", CLOCK, masking, lines::add);
    }

    private List<String> texts() {
        return lines.stream().map(LogLine::text).toList();
    }

    private static void feed(LineSplitter splitter, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.bytes(bytes, 0, bytes.length);
    }
}
