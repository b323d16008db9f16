package io.jenkins.plugins.gateddeploy.jenkins.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a rollback that somebody asked for on a page. */
class GoingBackTest {

    @Test
    void isReadAsItWasWritten() throws Exception {
        GoingBack back = new GoingBack("20260301T101500Z-3f9c2ab", true, "Too slow\n= so", List.of("web-1", "a b"));

        assertThat(GoingBack.read(back.written())).isEqualTo(back);
    }

    @Test
    void isForAllTargetsWhenItWasWrittenBeforeThereWasAChoice() throws Exception {
        assertThat(GoingBack.read("release=r\nundo=false\nreason=\n"))
                .isEqualTo(new GoingBack("r", false, "", List.of()));
    }
}
