package io.jenkins.plugins.gateddeploy.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org/shop/storefront.git",
                "https://git.example.org/shop/storefront",
                "https://git.example.org/shop/storefront/",
                "https://bot:token@GIT.example.org/shop/storefront.git",
                "http://git.example.org:8080/shop/storefront.git",
                "ssh://git@git.example.org:7999/shop/storefront.git",
                "git@git.example.org:shop/storefront.git",
                "git@git.example.org:/shop/storefront",
                "git://git.example.org/shop/storefront.git"
            })
    void isTheSameForEveryWayToWriteAnAddress(String address) {
        assertThat(RepositoryName.of(address)).contains("git.example.org/shop/storefront");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "storefront", "/srv/git/storefront.git", "file:///srv/git/storefront.git", "https://"})
    void isEmptyWhereThereIsNoHost(String address) {
        assertThat(RepositoryName.of(address)).isEmpty();
    }

    @Test
    void comparesPathsOfThisMachineAsTheyAre() {
        assertThat(RepositoryName.isSame("/srv/git/a.git", "/srv/git/a/")).isTrue();
        assertThat(RepositoryName.isSame("/srv/git/a", "/srv/git/b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.org/shop/storefront, true",
        "git@git.example.org:shop/storefront.git, true",
        "git.example.org/shop/storefront, true",
        "git.example.org/shop/*, true",
        "https://git.example.org/shop/*, true",
        "git.example.org/**, true",
        "git.example.org/*, false",
        "*/shop/storefront, true",
        "git.example.org/shop, false",
        "git.example.com/shop/storefront, false",
        "https://git.example.org/shop/store, false",
        "evil.example.org/shop/storefront, false"
    })
    void matchesWhatAPatternNames(String pattern, boolean matches) {
        assertThat(RepositoryName.matches(pattern, "https://git.example.org/shop/storefront.git"))
                .isEqualTo(matches);
    }

    @Test
    void isNotFooledByAHostInThePath() {
        assertThat(RepositoryName.matches("git.example.org/shop/*", "https://evil.example/git.example.org/shop/x"))
                .isFalse();
        assertThat(RepositoryName.of("https://git.example.org@evil.example/shop/x"))
                .contains("evil.example/shop/x");
    }
}
