package io.jenkins.plugins.gateddeploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogIndexTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:15:00.123Z");
    private static final List<String> TARGETS = List.of("", "web-1", "web-2", "[::1]");

    @TempDir
    private Path directory;

    private Path file;
    private LogIndex index;

    @BeforeEach
    void openIndex() {
        file = directory.resolve("x.log");
        index = new LogIndexes().of(file);
    }

    private record Written(String target, String line) {}

    private Written line(Random random, int number) {
        String target = TARGETS.get(random.nextInt(TARGETS.size()));
        String text = "line " + number + " ä ".repeat(random.nextInt(30));
        String line = LogFormat.line(TIME, target, text);
        return new Written(target, line.substring(0, line.length() - 1));
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> texts(List<LogIndex.Numbered> lines) {
        return lines.stream().map(LogIndex.Numbered::text).toList();
    }

    @Test
    void findsEveryRangeOfEveryViewWhileTheFileGrows() throws IOException {
        Random random = new Random(7);
        List<Written> all = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            StringBuilder more = new StringBuilder();
            for (int i = 0; i < random.nextInt(900); i++) {
                all.add(line(random, all.size() + 1));
                more.append(all.get(all.size() - 1).line()).append('\n');
            }
            append(more.toString());
            assertThat(index.extent(false).lines()).isEqualTo(all.size());
            for (String target : List.of("all", "", "web-1", "[::1]")) {
                String view = target.equals("all") ? LogIndex.ALL : target.isEmpty() ? LogIndex.ENGINE : target;
                List<String> expected = all.stream()
                        .filter(w -> target.equals("all") || w.target().equals(target))
                        .map(Written::line)
                        .toList();
                for (int probe = 0; probe < 20; probe++) {
                    int from = random.nextInt(expected.size() + 2);
                    int most = 1 + random.nextInt(700);
                    int to = Math.min(expected.size(), from + most);
                    assertThat(texts(index.lines(view, from, most)))
                            .as("%s %s+%s", view, from, most)
                            .isEqualTo(from >= to ? List.of() : expected.subList(from, to));
                }
            }
        }
        assertThat(index.lines("web-2", 3, 1).get(0).number())
                .isEqualTo(all.indexOf(all.stream()
                                .filter(w -> w.target().equals("web-2"))
                                .toList()
                                .get(3))
                        + 1);
    }

    @Test
    void countsALineWhenItHasItsEndOrNoneWillCome() throws IOException {
        append("one\ntwo\nthr");
        assertThat(index.extent(false).lines()).isEqualTo(2);
        append("ee\nfour");
        assertThat(index.extent(false).lines()).isEqualTo(3);
        assertThat(index.extent(true).lines()).isEqualTo(4);
        assertThat(texts(index.lines(LogIndex.ALL, 2, 9))).containsExactly("three", "four");
    }

    @Test
    void cutsALineThatWouldFillTheMemory() throws IOException {
        append("a".repeat(LineScanner.LONGEST_LINE + 10) + "\nlast\n");
        assertThat(index.extent(false).lines()).isEqualTo(3);
        assertThat(texts(index.lines(LogIndex.ALL, 1, 9))).containsExactly("a".repeat(10), "last");
    }

    @Test
    void beginsAnewWhenTheFileIsAnother() throws IOException {
        append("one\ntwo\n");
        assertThat(index.extent(false).lines()).isEqualTo(2);
        Files.writeString(file, "new\n");
        assertThat(index.extent(false).lines()).isEqualTo(1);
        assertThat(texts(index.lines(LogIndex.ALL, 0, 9))).containsExactly("new");
        Files.delete(file);
        assertThat(index.extent(false)).isEqualTo(new LogIndex.Extent(0, 0, Map.of()));
    }

    @Test
    void tellsHowManyRowsAreBeforeAByte() throws IOException {
        Random random = new Random(3);
        List<Written> all = new ArrayList<>();
        List<Long> begins = new ArrayList<>();
        long size = 0;
        for (int i = 0; i < 2000; i++) {
            all.add(line(random, i));
            begins.add(size);
            size += all.get(i).line().getBytes(StandardCharsets.UTF_8).length + 1;
        }
        append(String.join("\n", all.stream().map(Written::line).toList()) + "\n");
        assertThat(index.extent(false).bytes()).isEqualTo(size);
        for (int line : new int[] {0, 1, 255, 256, 257, 1000, 1999}) {
            long before = all.subList(0, line).stream()
                    .filter(w -> w.target().equals("web-1"))
                    .count();
            assertThat(index.rowsBefore(LogIndex.ALL, begins.get(line))).isEqualTo(line);
            assertThat(index.rowsBefore("web-1", begins.get(line))).isEqualTo((int) before);
        }
        assertThat(index.rowsBefore(LogIndex.ALL, size)).isEqualTo(2000);
    }

    @Test
    void findsTextsInLinesAndNotInTheirTargets() throws IOException {
        append(LogFormat.line(TIME, "web-1", "Nothing here")
                + LogFormat.line(TIME, "web-2", "An ERROR on Web-1")
                + LogFormat.line(TIME, "", "error Ä")
                + LogFormat.line(TIME, "web-2", "no more errors"));
        assertThat(index.extent(false).lines()).isEqualTo(4);

        assertThat(new LogSearch(index, "error").find(LogIndex.ALL, 1, 2))
                .isEqualTo(new LogSearch.Hits(
                        3, List.of(new LogSearch.Hit(2, "web-2", 0), new LogSearch.Hit(3, LogIndex.ENGINE, 0))));
        assertThat(new LogSearch(index, "Error").find("web-2", 3, 9))
                .isEqualTo(new LogSearch.Hits(2, List.of(new LogSearch.Hit(4, "web-2", 1))));
        assertThat(new LogSearch(index, "web-1").find(LogIndex.ALL, 1, 9).count())
                .isEqualTo(1);
        assertThat(new LogSearch(index, "Ä").find(LogIndex.ALL, 1, 9).count()).isEqualTo(1);
    }
}
