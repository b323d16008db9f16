package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What came before what, as the targets tell it. */
class SuccessionTest {
    private final List<Entry> entries = new ArrayList<>();
    private final TreeSet<String> confirmed = new TreeSet<>();

    private SuccessionTest deploy(String release) {
        return deploy(release, State.SUCCEEDED);
    }

    private SuccessionTest deploy(String release, State outcome) {
        return entry(Kind.DEPLOY, release, outcome);
    }

    private SuccessionTest back(String release) {
        return entry(Kind.ROLLBACK, release, State.SUCCEEDED);
    }

    private SuccessionTest entry(Kind kind, String release, State outcome) {
        int number = entries.size() + 1;
        entries.add(new Entry(
                "id-" + number,
                number,
                kind,
                release,
                "c",
                "",
                "",
                "ada",
                "host",
                Instant.EPOCH,
                outcome.name(),
                null,
                null,
                null));
        if (outcome == State.SUCCEEDED) {
            confirmed.add(release);
        }
        return this;
    }

    private List<String> before(String... current) {
        return Succession.of(entries, confirmed).before(List.of(current));
    }

    @Test
    void deploymentsFollowEachOther() {
        deploy("v1").deploy("v2").deploy("v3");

        assertThat(before("v3")).containsExactly("v2", "v1");
        assertThat(before("v1")).isEmpty();
    }

    @Test
    void whatWasLeftIsOutOfTheLineUntilItIsCurrentAgain() {
        deploy("v1").deploy("v2").back("v1").deploy("v3");
        assertThat(before("v3")).containsExactly("v1");
        assertThat(Succession.of(entries, confirmed).left()).containsExactly("v2");

        back("v2");
        assertThat(before("v2")).containsExactly("v3", "v1");
        assertThat(Succession.of(entries, confirmed).left()).isEmpty();
    }

    @Test
    void aRollbackOverSeveralLeavesThemAll() {
        deploy("v1").deploy("v2").deploy("v3").back("v1").deploy("v4");

        assertThat(before("v4")).containsExactly("v1");
    }

    @Test
    void attemptsThatFailedChangeNothing() {
        deploy("v1").deploy("v2").deploy("v3", State.ROLLED_BACK).entry(Kind.ROLLBACK, "v1", State.FAILED);

        assertThat(before("v2")).containsExactly("v1");
    }

    @Test
    void releasesWithoutARecordCameFirst() {
        confirmed.addAll(List.of("a", "b"));
        deploy("v1").deploy("v2").back("a");
        assertThat(before("a")).isEmpty();

        entries.clear();
        assertThat(before("v2")).containsExactly("v1", "b", "a");
    }

    @Test
    void allOfTheLineCameBeforeWhatIsNoPartOfIt() {
        deploy("v1").deploy("v2");

        assertThat(before("made by hand")).containsExactly("v2", "v1");
        assertThat(before()).containsExactly("v2", "v1");
    }

    @Test
    void targetsThatDifferStandWhereTheNewestStands() {
        deploy("v1").deploy("v2").deploy("v3");

        assertThat(before("v2", "v3")).containsExactly("v2", "v1");
    }

    @Test
    void goingBackOnSomeTargetsLeavesTheReleaseForAll() {
        deploy("v1").deploy("v2").deploy("v3").back("v2");

        assertThat(before("v2", "v3")).containsExactly("v2", "v1");
    }
}
