package io.jenkins.plugins.gateddeploy.notice;

import static io.jenkins.plugins.gateddeploy.notice.MailTest.notice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"{{title}}\"}",
                "{\"a\": \"{{{title}}}\"}",
                "{\"a\": \"{{&title}}\"}",
                "{{=<% %>=}}{\"a\": \"<%&title%>\"}"
            })
    void quotesAValueHoweverTheTagIsWritten(String text) throws Exception {
        String title = "\", \"b\": \"\\";

        String json = JsonTemplate.of("t", text).fill(notice("opened", title));

        assertThat(new ObjectMapper().readTree(json).get("a").asText()).isEqualTo(title);
        assertThat(new ObjectMapper().readTree(json).has("b")).isFalse();
    }

    @Test
    void goesThroughTheLines() throws Exception {
        String text = "{\"blocks\": [{{#lines}}{\"text\": \"{{this}}\"},{{/lines}} {}]"
                + "{{#linked}}, \"url\": \"{{link}}\"{{/linked}}}";

        String json = JsonTemplate.of("t", text).fill(notice("opened", "x"));

        assertThat(new ObjectMapper().readTree(json).get("blocks")).hasSize(4);
        assertThat(new ObjectMapper().readTree(json).get("url").asText()).isEqualTo("https://ci.example.org/g1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\": \"{{titel}}\"}", "{\"a\": \"{{#lines}}\"}", "{\"a\": {{title}}}", "text={{title}}"})
    void refusesATemplateThatWouldFailLater(String text) {
        assertThatThrownBy(() -> JsonTemplate.of("hook.json", text))
                .hasMessageContaining("hook.json")
                .hasMessageContaining("[notice.template]");
    }
}
