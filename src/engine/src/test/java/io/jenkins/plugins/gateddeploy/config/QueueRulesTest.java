package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueRulesTest {
    private static final String FILE = """
            app = "shop"
            %s
            [release]
            path = "/srv/shop"
            [environments.staging]
            targets = ["staging-1"]
            %s
            [environments.production]
            targets = ["web-1"]
            """;

    @Test
    void letsAllWaitForAsLongAsItTakesWhenNothingIsWritten() throws Exception {
        assertThat(read("", "").queue("production")).isEqualTo(QueueRules.none());
        assertThat(read("queue = \"all\"", "").queue("production")).isEqualTo(QueueRules.none());
    }

    @Test
    void isReadForEachEnvironmentAndFromTheTopOfTheFile() throws Exception {
        DeployFile file = read("queue_timeout = \"30m\"", "queue = \"latest-only\"");

        assertThat(file.queue("staging")).isEqualTo(new QueueRules(true, Optional.of(Duration.ofMinutes(30))));
        assertThat(file.queue("production")).isEqualTo(new QueueRules(false, Optional.of(Duration.ofMinutes(30))));
        assertThat(file.configuration("staging").digest())
                .as("who waits for whom is no part of what people approve")
                .isEqualTo(read("", "").configuration("staging").digest());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> read("", "queue = \"latest\""))
                .hasMessageContaining("queue")
                .hasMessageContaining("latest-only");
        assertThatThrownBy(() -> read("", "queue_timeout = \"0s\"")).hasMessageContaining("queue_timeout");
        assertThatThrownBy(() -> read("", "").queue("nowhere")).hasMessageContaining("[config.environment]");
    }

    private static DeployFile read(String top, String staging) throws Exception {
        return DeployFile.parse("deploy.toml", FILE.formatted(top, staging));
    }
}
