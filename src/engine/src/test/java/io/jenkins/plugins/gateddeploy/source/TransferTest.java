package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.source.FileEntry.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final String SHA = "ab".repeat(32);

    @Test
    void everythingTravelsTheFirstTime() {
        List<FileEntry> wanted = List.of(file("a", "1"), file("b", "2"));

        Transfer plan = Transfer.plan(wanted, Manifest.empty());

        assertThat(plan.sent()).isEqualTo(wanted);
        assertThat(plan.reused()).isEqualTo(Manifest.empty());
    }

    @Test
    void onlyWhatChangedTravels() {
        Transfer plan = Transfer.plan(
                List.of(file("changed", "new"), file("new", "n"), file("same", "s")),
                current(file("changed", "old"), file("gone", "g"), file("same", "s")));

        assertThat(plan.sent()).containsExactly(file("changed", "new"), file("new", "n"));
        assertThat(plan.kept()).containsExactly(line(file("same", "s")));
        assertThat(plan.copied()).isEmpty();
    }

    @Test
    void aRenamedFileIsCopied() {
        Transfer plan = Transfer.plan(List.of(file("after", "1")), current(file("before", "1")));

        assertThat(plan.sent()).isEmpty();
        assertThat(plan.copied()).containsExactly(new Transfer.Copy("before", line(file("after", "1"))));
        assertThat(plan.reused()).isEqualTo(current(file("after", "1")));
    }

    @Test
    void aFileStaysWhereItIsEvenIfAnotherHasTheSameContent() {
        Transfer plan = Transfer.plan(List.of(file("a", "1"), file("b", "1")), current(file("a", "1"), file("b", "1")));

        assertThat(plan.kept()).hasSize(2);
        assertThat(plan.copied()).isEmpty();
    }

    @Test
    void filesThatSwapTheirContentsAreCopied() {
        Transfer plan = Transfer.plan(List.of(file("a", "2"), file("b", "1")), current(file("a", "1"), file("b", "2")));

        assertThat(plan.copied()).extracting(Transfer.Copy::from).containsExactly("b", "a");
    }

    @Test
    void aFileThatBecomesExecutableTravels() {
        FileEntry executable = new FileEntry("a", Kind.EXECUTABLE, "1");

        assertThat(Transfer.plan(List.of(executable), current(file("a", "1"))).sent())
                .containsExactly(executable);
    }

    @Test
    void linksAndNamesThatToolsEscapeAlwaysTravel() {
        List<FileEntry> wanted = List.of(
                new FileEntry("link", Kind.LINK, "1"),
                file("line\nbreak", "2"),
                file("back\\slash", "3"),
                file("cr\r", "4"));

        assertThat(Transfer.plan(wanted, current(wanted.toArray(FileEntry[]::new)))
                        .sent())
                .isEqualTo(wanted);
    }

    @Test
    void anAwkwardNameIsNoSourceOfACopyAndNoDestination() {
        Transfer plan = Transfer.plan(
                List.of(file("plain", "1"), file("new\nline", "2")),
                current(file("old\nline", "1"), file("plain2", "2")));

        assertThat(plan.sent()).hasSize(2);
    }

    private static FileEntry file(String path, String identity) {
        return new FileEntry(path, Kind.FILE, identity);
    }

    private static Manifest.Line line(FileEntry file) {
        return new Manifest.Line(file, SHA);
    }

    private static Manifest current(FileEntry... files) {
        return new Manifest(List.of(files).stream().map(TransferTest::line).toList());
    }
}
