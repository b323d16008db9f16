package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[HOLD] Not before Monday         | true",
                "[hold] Not before Monday         | true",
                "[Hold]                           | true",
                "'  [HOLD] Not before Monday'     | true",
                "Explain [HOLD]                   | false",
                "HOLD the line                    | false",
                "[HOL                             | false",
                "''                               | false"
            })
    void marksWhatBeginsWithItInWhicheverCase(String message, boolean held) {
        assertThat(Hold.marks(message)).isEqualTo(held);
        assertThat(Hold.marks("\n\t" + message)).isEqualTo(held);
    }
}
