package io.jenkins.plugins.gateddeploy.config;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code [webhook]} of a notify.toml.
 *
 * @param url where its address is; it is a secret, as many have a token in them
 * @param template a file beside notify.toml; empty for the usual one
 * @param secret where the key is with which bodies are signed; empty to sign nothing
 */
public record WebhookSettings(SecretPlace url, Optional<String> template, Optional<SecretPlace> secret) {
    public WebhookSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(secret, "secret");
    }
}
