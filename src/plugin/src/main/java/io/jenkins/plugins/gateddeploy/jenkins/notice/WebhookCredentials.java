package io.jenkins.plugins.gateddeploy.jenkins.notice;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.notice.Undelivered;
import io.jenkins.plugins.gateddeploy.notice.Webhook;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The address of a webhook, and the key that signs what is sent there, as secret texts of Jenkins itself.
 *
 * @param urlId id of the one
 * @param keyId id of the other; empty to sign nothing
 */
record WebhookCredentials(String urlId, String keyId) implements Webhook.Address {
    @Override
    public Secret url() throws Undelivered {
        return find(urlId);
    }

    @Override
    public Optional<Secret> signingKey() throws Undelivered {
        return keyId.isEmpty() ? Optional.empty() : Optional.of(find(keyId));
    }

    /** Somebody may add it meanwhile, so that it is tried again. */
    private static Secret find(String id) throws Undelivered {
        StringCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw Undelivered.later("Jenkins has no secret text with the id \"" + id + "\"");
        }
        return Secret.of(found.getSecret().getPlainText());
    }
}
