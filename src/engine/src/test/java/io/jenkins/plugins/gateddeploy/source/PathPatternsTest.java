package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternsTest {
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "**, a, true",
        "**, a/b/c, true",
        "*, a, true",
        "*, a/b, false",
        "*.jar, a.jar, true",
        "*.jar, lib/a.jar, false",
        "**/*.jar, a.jar, true",
        "**/*.jar, x/y/a.jar, true",
        "lib/**, lib/a/b, true",
        "lib/**, lib, true",
        "lib/**, libs/a, false",
        "lib/, lib/a/b, true",
        "lib/, lib2/a, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/xb, false",
        "**/test/**, test/a, true",
        "**/test/**, x/test/a, true",
        "**/test/**, x/tests/a, false",
        "**/**/a, a, true",
        "a/**/**, a/b, true",
        "a?c, abc, true",
        "a?c, a/c, false",
        "a.c, abc, false",
        "'a\\E+(b)[c]', 'a\\E+(b)[c]', true",
        "A, a, false"
    })
    void matchesAsAntDoes(String pattern, String path, boolean expected) {
        assertThat(new PathPatterns(List.of(pattern)).matches(path)).isEqualTo(expected);
    }

    @Test
    void knowsWhichFoldersNeedNoLook() {
        PathPatterns patterns = new PathPatterns(List.of("node_modules/", "**/cache/**", "*.md"));

        assertThat(patterns.matchesAllBelow("node_modules")).isTrue();
        assertThat(patterns.matchesAllBelow("a/cache")).isTrue();
        assertThat(patterns.matchesAllBelow("cache")).isTrue();
        assertThat(patterns.matchesAllBelow("docs")).isFalse();
    }
}
