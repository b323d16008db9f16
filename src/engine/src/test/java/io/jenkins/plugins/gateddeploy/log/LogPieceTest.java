package io.jenkins.plugins.gateddeploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a log from any byte on. */
class LogPieceTest {
    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("log"), text);
    }

    @Test
    void keepsTheLastLineBackUntilItIsWhole() throws Exception {
        Path file = file("one\ntwo\nthr");

        LogReader.Piece going = LogReader.piece(file, 0, 100, false);
        LogReader.Piece ended = LogReader.piece(file, going.next(), 100, true);

        assertThat(going.lines()).containsExactly("one", "two");
        assertThat(going.next()).isEqualTo(8);
        assertThat(ended.lines()).containsExactly("thr");
        assertThat(ended.next()).isEqualTo(ended.size()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 13, 16, 64})
    void losesNothingHoweverSmallThePiecesAre(int most) throws Exception {
        String text = "a short one\n\nüüüüüüüüüüüüüüüüüüüüü€€€€€€€€€€€€😀😀😀😀😀😀😀\nend\n";
        Path file = file(text);

        StringBuilder read = new StringBuilder();
        long from = 0;
        while (from < Files.size(file)) {
            LogReader.Piece piece = LogReader.piece(file, from, most, true);
            assertThat(piece.next()).isGreaterThan(from);
            read.append(String.join("", piece.lines()));
            from = piece.next();
        }

        assertThat(read.toString()).isEqualTo(text.replace("\n", ""));
    }

    @Test
    void beginsWithAWholeLineWhenItCountsFromTheEnd() throws Exception {
        Path file = file("first line\nsecond line\nthird line\n");

        List<List<String>> tails = new ArrayList<>();
        for (long from : new long[] {-1, -11, -12, -23, -1000, Long.MIN_VALUE}) {
            tails.add(LogReader.piece(file, from, 1000, true).lines());
        }

        assertThat(tails)
                .containsExactly(
                        List.of(),
                        List.of("third line"),
                        List.of("third line"),
                        List.of("second line", "third line"),
                        List.of("first line", "second line", "third line"),
                        List.of("first line", "second line", "third line"));
    }

    @Test
    void saysWhereTheEndIsWhenAskedForWhatIsBehindIt() throws Exception {
        LogReader.Piece piece = LogReader.piece(file("one\n"), 1000, 100, false);

        assertThat(piece.lines()).isEmpty();
        assertThat(piece.next()).isEqualTo(4);
    }
}
