package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void splitsAPathAtSlashesOfItsOwnAndDecodesEachPart() {
        assertThat(Request.path("deployments/a%2Fb/x+y/%C3%A4")).containsExactly("deployments", "a/b", "x+y", "ä");
        assertThat(Request.path("")).containsExactly("");
        assertThat(Request.path("gates/")).containsExactly("gates", "");
    }

    @Test
    void takesTheFirstOfEachParameterOfAQuery() {
        assertThat(Request.query("app=shop+a%26b&app=other&state=&=nameless&alone&x=1=2"))
                .isEqualTo(Map.of("app", "shop a&b", "state", "", "x", "1=2"));
        assertThat(Request.query(null)).isEmpty();
    }

    @Test
    void refusesWhatIsNotEncoded() {
        assertThatThrownBy(() -> Request.query("a=%zz")).isInstanceOf(IllegalArgumentException.class);
    }
}
